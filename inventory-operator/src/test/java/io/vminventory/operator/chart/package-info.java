/** Tests of the Helm chart, its manifests, and the pages about both. */
@NullMarked
package io.vminventory.operator.chart;

import org.jspecify.annotations.NullMarked;
