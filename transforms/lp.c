/* The one module that knows GLPK. Its problem is kept between questions: an answer is a start for
 * the next. */
#include "transforms/lp.h"

#include <glpk.h>
#include <math.h>

struct SpLp {
    glp_prob *problem;
    gsize n_rows;
    gsize n_columns;
};

/* GLPK keeps memory of each thread's own, and does not see a thread end. */
static void leave_thread(gpointer unused)
{
    (void)unused;
    (void)glp_free_env();
}

static void enter_thread(void)
{
    static GPrivate has_memory = G_PRIVATE_INIT(leave_thread);
    static int something;
    g_private_set(&has_memory, &something);
}

SpLp *sp_lp_new(gsize n_rows, gsize n_columns, const SpLpEntry entries[], gsize n_entries,
                const double sums[])
{
    SpLp *lp = g_new(SpLp, 1);
    g_autofree int *row = g_new(int, n_entries + 1);
    g_autofree int *column = g_new(int, n_entries + 1);
    g_autofree double *coef = g_new(double, n_entries + 1);
    enter_thread();
    *lp = (SpLp){glp_create_prob(), n_rows, n_columns};
    (void)glp_term_out(GLP_OFF);
    if (n_rows > 0) {
        (void)glp_add_rows(lp->problem, (int)n_rows);
    }
    if (n_columns > 0) {
        (void)glp_add_cols(lp->problem, (int)n_columns);
    }
    for (gsize i = 0; i < n_rows; i++) {
        glp_set_row_bnds(lp->problem, (int)i + 1, GLP_FX, sums[i], sums[i]);
    }
    for (gsize j = 0; j < n_columns; j++) {
        glp_set_col_bnds(lp->problem, (int)j + 1, GLP_LO, 0.0, 0.0);
    }
    for (gsize i = 0; i < n_entries; i++) {
        row[i + 1] = (int)entries[i].row + 1;
        column[i + 1] = (int)entries[i].column + 1;
        coef[i + 1] = entries[i].coef;
    }
    glp_load_matrix(lp->problem, (int)n_entries, row, column, coef);
    /* A triangular basis to begin with: half the work of the standard one. */
    glp_adv_basis(lp->problem, 0);
    return lp;
}

void sp_lp_free(SpLp *lp)
{
    if (lp != NULL) {
        glp_delete_prob(lp->problem);
        g_free(lp);
    }
}

void sp_lp_set_most(SpLp *lp, gsize column, double most)
{
    glp_set_col_bnds(lp->problem, (int)column + 1, isfinite(most) ? GLP_DB : GLP_LO, 0.0,
                     isfinite(most) ? most : 0.0);
}

static void set_objective(SpLp *lp, gsize n, const guint32 columns[], const double coefs[],
                          gboolean is_most)
{
    for (gsize j = 0; j < lp->n_columns; j++) {
        glp_set_obj_coef(lp->problem, (int)j + 1, 0.0);
    }
    for (gsize i = 0; i < n; i++) {
        glp_set_obj_coef(lp->problem, (int)columns[i] + 1, coefs[i]);
    }
    glp_set_obj_dir(lp->problem, is_most ? GLP_MAX : GLP_MIN);
}

static gboolean solve(SpLp *lp)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    if (glp_simplex(lp->problem, &how) == 0) {
        return TRUE;
    }
    /* The basis of the question before may be singular to working precision. */
    glp_std_basis(lp->problem);
    return glp_simplex(lp->problem, &how) == 0;
}

SpLpExtreme sp_lp_extreme(SpLp *lp, gsize n, const guint32 columns[], const double coefs[],
                          gboolean is_most, gboolean binds[])
{
    const double nothing = 1e-9;
    set_objective(lp, n, columns, coefs, is_most);
    if (!solve(lp)) {
        return (SpLpExtreme){0.0, FALSE};
    }
    const int status = glp_get_status(lp->problem);
    if (status == GLP_UNBND) {
        return (SpLpExtreme){is_most ? HUGE_VAL : -HUGE_VAL, TRUE};
    }
    for (gsize i = 0; binds != NULL && i < lp->n_rows; i++) {
        binds[i] = fabs(glp_get_row_dual(lp->problem, (int)i + 1)) > nothing;
    }
    return (SpLpExtreme){glp_get_obj_val(lp->problem), status == GLP_OPT};
}
