# The peer of bench_vary: R's glm, and the same measures over the same number of bootstrap replicates in base R, vectorised over
# areas as a statistician would write them. Rscript vary.R FOLDER prints `name,value` in seconds of processor time.
areas <- read.csv(file.path(commandArgs(trailingOnly = TRUE)[1], "areas.csv"))
seconds <- function(expression) {
  taken <- system.time(expression)
  taken[["user.self"]] + taken[["sys.self"]]
}
show <- function(name, value) cat(sprintf("%s,%.12g\n", name, value))

fits <- 40
formula <- observed ~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + offset(log(expected))
show("glm", seconds(for (k in seq_len(fits)) fit <- glm(formula, poisson, areas)) / fits)
show("slope", coef(fit)[["x1"]])

gini <- function(x) {
  x <- sort(x)
  n <- length(x)
  2 * sum(x * seq_len(n)) / (n * sum(x)) - (n + 1) / n
}
gini_weighted <- function(x, w) {
  o <- order(x)
  x <- x[o]
  w <- w[o] / sum(w)
  2 * sum(w * x * (cumsum(w) - w / 2)) / sum(w * x) - 1
}
measures <- function(o, e) {
  r <- o / e
  n <- length(r)
  m <- sum(o) / sum(e)
  used <- e >= 5
  c(cv = sd(r) / mean(r),
    cv_weighted = sqrt(sum(e * (r - m)^2) / sum(e)) / m, gini = gini(r), gini_weighted = gini_weighted(r, e),
    theil = sum(ifelse(o > 0, o / sum(o) * log(r / m), 0)), mld = sum(e / sum(e) * log(m / r)),
    scv = mean((((o - e)^2 - e) / e^2)[used]),
    marshall = max(0, sum(e * (r - m)^2) / sum(e) - m * n / sum(e)))
}
replicates <- 1000
set.seed(1)
show("bootstrap", seconds({
  drawn <- replicate(replicates, {
    i <- sample.int(nrow(areas), replace = TRUE)
    measures(areas$observed[i], areas$expected[i])
  })
  limits <- apply(drawn, 1, quantile, c(0.025, 0.975), na.rm = TRUE)
}))
show("scv_low", limits[1, "scv"])
show("scv_high", limits[2, "scv"])

# The headline measure's peer, where it is installed: lme4 with as many nodes, and the profile of its variance.
if (requireNamespace("lme4", quietly = TRUE)) {
  areas$area <- factor(seq_len(nrow(areas)))
  show("headline", seconds({
    model <- suppressWarnings(lme4::glmer(observed ~ 1 + (1 | area) + offset(log(expected)), areas, poisson, nAGQ = 11))
    sd_estimate <- attr(lme4::VarCorr(model)$area, "stddev")
    interval <- suppressWarnings(suppressMessages(confint(model, parm = "theta_", quiet = TRUE)))
  }))
  show("sd", sd_estimate)
}
