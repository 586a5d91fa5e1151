@NullMarked
package io.fieldwright.workflow.web;

import org.jspecify.annotations.NullMarked;
