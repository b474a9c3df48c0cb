@NullMarked
package io.vminventory.testkit.vcenter;

import org.jspecify.annotations.NullMarked;
