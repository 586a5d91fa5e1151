@NullMarked
package io.fieldwright.people.web;

import org.jspecify.annotations.NullMarked;
