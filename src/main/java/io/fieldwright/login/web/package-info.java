@NullMarked
package io.fieldwright.login.web;

import org.jspecify.annotations.NullMarked;
