/** The Helm chart, the manifests that come of it, and the pages about both. */
@NullMarked
package io.vminventory.operator.chart;

import org.jspecify.annotations.NullMarked;
