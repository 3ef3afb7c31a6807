/**
 * {@code report.html}: one self-contained page with pictures of a run. {@link io.crossbook.cli.report.ReportWriter} reads
 * the run's files once each, keeping only figures whose number does not grow with the run, and embeds them as JSON into
 * a page whose script and style are bundled from {@code src/main/web}.
 *
 * <p>Pictures are drawn from doubles; every figure that is shown as a number comes as the decimal text of the files or
 * is a count. Ids are hostile: they reach the page as JSON data and are only ever set as text.
 */
@NullMarked
package io.crossbook.cli.report;

import org.jspecify.annotations.NullMarked;
