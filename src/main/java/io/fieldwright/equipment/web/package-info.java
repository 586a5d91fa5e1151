@NullMarked
package io.fieldwright.equipment.web;

import org.jspecify.annotations.NullMarked;
