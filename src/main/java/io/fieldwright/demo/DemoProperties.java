package io.fieldwright.demo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Profile;

/** @param password what everybody of the demo organisation signs in with; only the profile's own configuration has one */
@Profile("demo")
@ConfigurationProperties("fieldwright.demo")
record DemoProperties(String password) {}
