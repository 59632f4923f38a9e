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

  /* By the Norwegian alphabet, which browsers know by the name of bokmål alone. */
  function compare(column, isFigure, direction) {
    return function (a, b) {
      var one = a.cells[column].textContent;
      var other = b.cells[column].textContent;
      if (!isFigure) { return direction * one.localeCompare(other, 'nb'); }
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

  /* ---- Figures: ECharts, where it is there, in the place of the drawing, which stays for paper ---- */

  var colours = ['#00509e', '#b8560f', '#007a5e', '#8c3a75', '#595959'];
  var symbols = ['circle', 'rect', 'diamond', 'triangle', 'arrow'];
  var bands = ['#d3e3f3', '#a9cbe8', '#7fb2dc'];

  function print(series, value) {
    if (value === null || value === undefined) { return '–'; }
    var shown = series.share ? value * 100 : value;
    var digits = series.decimals < 0 ? { maximumSignificantDigits: 4 }
      : { minimumFractionDigits: series.decimals, maximumFractionDigits: series.decimals };
    return shown.toLocaleString('nb-NO', digits) + (series.percent ? '\u00a0%' : '');
  }

  function axis(series, name) {
    return {
      type: 'value', name: name, scale: true, nameLocation: 'end',
      axisLabel: { formatter: function (value) { return print({ share: series.share, percent: series.percent, decimals: -1 }, value); } }
    };
  }

  /* A break is a gap: an empty point stands before it. */
  function parted(series, labels) {
    var points = [];
    series.values.forEach(function (value, i) {
      if (series.breaks.indexOf(i) >= 0) { points.push([labels[i], null]); }
      points.push([labels[i], value]);
    });
    return points;
  }

  function category(figure) { return { type: 'category', data: figure.labels, name: figure.x, nameLocation: 'middle', nameGap: 28 }; }

  function fan(figure) {
    var all = figure.series;
    var last = all.length - 1;
    var series = [];
    for (var i = 1; i < last - i + 1; i += 1) {
      var low = all[i];
      var high = all[last - i + 1];
      series.push({ type: 'line', stack: 'b' + i, data: low.values, symbol: 'none', lineStyle: { opacity: 0 }, silent: true, stackStrategy: 'all', tooltip: { show: false } });
      series.push({
        type: 'line', stack: 'b' + i, name: low.name + ' – ' + high.name, symbol: 'none', lineStyle: { opacity: 0 }, stackStrategy: 'all',
        areaStyle: { color: bands[(i - 1) % bands.length], opacity: 1 },
        data: high.values.map(function (value, k) { return value === null || low.values[k] === null ? null : value - low.values[k]; })
      });
    }
    series.push({ type: 'line', name: all[0].name, data: all[0].values, symbol: 'circle', symbolSize: 5, color: colours[0], z: 5 });
    return {
      xAxis: category(figure), yAxis: axis(all[0], figure.y), series: series,
      tooltip: {
        trigger: 'axis',
        formatter: function (points) {
          var at = points[0].dataIndex;
          return [figure.labels[at]].concat(all.map(function (one) { return one.name + ': ' + print(one, one.values[at]); })).map(escape).join('<br>');
        }
      }
    };
  }

  function lines(figure) {
    return {
      xAxis: category(figure), yAxis: axis(figure.series[0], figure.y),
      tooltip: { trigger: 'axis', valueFormatter: function (value) { return print(figure.series[0], value); } },
      series: figure.series.map(function (one, i) {
        return { type: 'line', name: one.name, data: parted(one, figure.labels), symbol: symbols[i % 5], symbolSize: 8, color: colours[i % 5], connectNulls: false };
      })
    };
  }

  function funnel(figure) {
    var x = axis({ share: false, percent: false }, figure.x);
    x.type = 'log';
    x.nameLocation = 'middle';
    x.nameGap = 28;
    x.scale = true;
    var series = figure.series.slice(1).map(function (one, i) {
      return {
        type: 'line', name: one.name, symbol: 'none', color: colours[(i + 1) % 5], lineStyle: { type: 'dashed', width: 1.5 }, silent: true,
        data: one.values.map(function (value, k) { return [figure.sizes[k], value]; })
      };
    });
    series.push({
      type: 'scatter', name: figure.series[0].name, color: colours[0], symbolSize: 8,
      data: figure.series[0].values.map(function (value, k) { return { value: [figure.sizes[k], value], name: figure.labels[k] }; })
    });
    return {
      xAxis: x, yAxis: axis(figure.series[0], figure.y), series: series,
      tooltip: { trigger: 'item', formatter: function (point) { return escape(point.name + ': ' + print(figure.series[0], point.value[1])); } }
    };
  }

  function dots(figure) {
    var x = axis(figure.series[0], figure.y);
    x.nameLocation = 'middle';
    x.nameGap = 28;
    return {
      xAxis: x, yAxis: { type: 'category', data: figure.labels, inverse: true }, height: 90 + 22 * figure.labels.length,
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: function (value) { return print(figure.series[0], Array.isArray(value) ? value[0] : value); } },
      series: figure.series.map(function (one, i) {
        return {
          type: 'scatter', name: one.name, color: colours[i % 5], symbol: symbols[i % 5], symbolSize: i === 0 ? 11 : 8, z: figure.series.length - i,
          data: one.values.map(function (value, k) { return [value, k]; })
        };
      })
    };
  }

  function pyramid(figure) {
    /* An age without a number is no bar of nobody: its sign stands there. */
    function gap(one, sign, k) {
      return one.signs ? { value: 0, label: { show: true, formatter: one.signs[k], position: sign < 0 ? 'left' : 'right' } } : null;
    }
    function side(one, look) {
      return one.values.map(function (value, k) {
        if (value === null) { return look.type === 'bar' ? gap(one, look.sign, k) : null; }
        return look.sign * value;
      });
    }
    var looks = [
      { type: 'bar', color: '#7fb2dc', sign: -1 }, { type: 'bar', color: '#e0a878', sign: 1 },
      { type: 'line', color: '#1b1b1b', sign: -1 }, { type: 'line', color: '#1b1b1b', sign: 1 }];
    var x = axis(figure.series[0], figure.y);
    x.axisLabel = { formatter: function (value) { return print(figure.series[0], Math.abs(value)); } };
    x.nameLocation = 'middle';
    x.nameGap = 28;
    var every = Math.max(Math.floor(figure.labels.length / 10), 1);
    return {
      xAxis: x, yAxis: { type: 'category', data: figure.labels, axisLabel: { interval: every - 1 } },
      tooltip: { trigger: 'axis', valueFormatter: function (value) { return print(figure.series[0], value === null ? null : Math.abs(value)); } },
      series: figure.series.map(function (one, i) {
        var look = looks[i % 4];
        return { type: look.type, name: one.name, color: look.color, data: side(one, look), barGap: '-100%', barCategoryGap: 0, symbol: 'none', step: 'middle', lineStyle: { width: 1.5 } };
      })
    };
  }

  function escape(text) {
    return String(text).replace(/[&<>"]/g, function (c) { return { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }[c]; });
  }

  function draw(place) {
    var figure = JSON.parse(place.getAttribute('data-figur'));
    var still = place.querySelector('svg');
    var option = { fan: fan, series: lines, funnel: funnel, dots: dots, pyramid: pyramid }[figure.kind](figure);
    var live = document.createElement('div');
    live.className = 'live';
    live.style.height = (option.height || 400) + 'px';
    live.setAttribute('role', 'img');
    live.setAttribute('aria-label', still.getAttribute('aria-label'));
    delete option.height;
    option.animation = false;
    option.grid = { left: 16, right: 32, top: 40, bottom: 40, containLabel: true };
    option.textStyle = { fontFamily: 'inherit' };
    option.tooltip.confine = true;
    place.insertBefore(live, still);
    place.classList.add('is-live');
    var chart = window.echarts.init(live, null, { renderer: 'svg' });
    chart.setOption(option);
    window.addEventListener('resize', function () { chart.resize(); });
  }

  if (window.echarts) {
    Array.prototype.forEach.call(document.querySelectorAll('[data-figur]'), draw);
  }

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
