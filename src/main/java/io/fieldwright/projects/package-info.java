/** Clients, their projects, and the sites allocated to them, each moving through the site lifecycle (section 7). */
@NullMarked
package io.fieldwright.projects;

import org.jspecify.annotations.NullMarked;
