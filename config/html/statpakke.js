/* What JavaScript adds to a report that is whole without it: tables that can be sorted and searched. No modules and no fetch, so that it runs from a folder. */
(function () {
  'use strict';
  var words = document.documentElement.lang === 'nn'
    ? { search: 'Søk i tabellen', sort: 'Sorter etter' }
    : document.documentElement.lang === 'en' ? { search: 'Search the table', sort: 'Sort by' }
      : { search: 'Søk i tabellen', sort: 'Sorter etter' };

  /* "1 234,5 %" and "12,3 (5 til 20)" by their first number; signs and empty cells come last. */
  function number(text) {
    var found = /^[\u2212-]?[0-9][0-9\u00a0\u202f ]*(,[0-9]+)?/.exec(text.trim());
    if (text.trim() === '-') { return 0; }
    return found ? Number(found[0].replace(/[\u00a0\u202f ]/g, '').replace('\u2212', '-').replace(',', '.')) : NaN;
  }

  function compare(column, isFigure, direction) {
    return function (a, b) {
      var one = a.cells[column].textContent;
      var other = b.cells[column].textContent;
      if (!isFigure) { return direction * one.localeCompare(other, document.documentElement.lang); }
      one = number(one);
      other = number(other);
      if (isNaN(one) || isNaN(other)) { return isNaN(one) - isNaN(other); }
      return direction * (one - other);
    };
  }

  function makeSortable(table) {
    var heads = table.tHead.rows[0].cells;
    Array.prototype.forEach.call(heads, function (head, column) {
      var button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      button.title = words.sort + ': ' + head.textContent;
      head.textContent = '';
      head.appendChild(button);
      button.addEventListener('click', function () {
        var direction = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
        var body = table.tBodies[0];
        var rows = Array.prototype.slice.call(body.rows);
        Array.prototype.forEach.call(heads, function (other) { other.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending');
        rows.sort(compare(column, head.className === 'n', direction)).forEach(function (row) { body.appendChild(row); });
      });
    });
  }

  function makeSearchable(table) {
    var box = document.createElement('p');
    var label = document.createElement('label');
    var input = document.createElement('input');
    var frame = table.parentNode;
    box.className = 'tools';
    input.type = 'search';
    label.textContent = words.search + ': ';
    label.appendChild(input);
    box.appendChild(label);
    frame.parentNode.insertBefore(box, frame);
    input.addEventListener('input', function () {
      var wanted = input.value.trim().toLocaleLowerCase();
      Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
        row.hidden = wanted !== '' && row.textContent.toLocaleLowerCase().indexOf(wanted) < 0;
      });
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll('table.sortable'), function (table) {
    makeSortable(table);
    makeSearchable(table);
  });

  /* A link to a figure inside a folded part opens it. */
  function open() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var node = target; node; node = node.parentNode) {
      if (node.tagName === 'DETAILS') { node.open = true; }
    }
    if (target) { target.scrollIntoView(); }
  }
  window.addEventListener('hashchange', open);
  open();
}());
