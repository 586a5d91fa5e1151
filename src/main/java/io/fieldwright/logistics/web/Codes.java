package io.fieldwright.logistics.web;

/** How codes that people choose look in the logistics API. */
final class Codes {

    static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}";
    static final String RULE = "must be 1 to 40 letters, digits, spaces, '.', '_' or '-', a letter or digit first";

    private Codes() {}
}
