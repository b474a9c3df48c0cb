/** Which of several operator processes works. */
@NullMarked
package io.vminventory.operator.leader;

import org.jspecify.annotations.NullMarked;
