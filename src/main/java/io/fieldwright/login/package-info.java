/**
 * How people and systems prove who they are: passwords, sessions, tokens, API keys and single sign-on, and what guards
 * them (requirements, section 4; ADR 0015).
 */
@NullMarked
package io.fieldwright.login;

import org.jspecify.annotations.NullMarked;
