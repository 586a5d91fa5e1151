package io.fieldwright.fieldwork.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.fieldwork.GpsFix;
import io.fieldwright.sites.Boundary;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PositionSketchTests {

    private static final double LATITUDE = 18.5204;
    private static final double LONGITUDE = 73.8567;

    private static GpsFix fix(double latitude, double longitude, @Nullable Double accuracyMetres) {
        return new GpsFix(latitude, longitude, accuracyMetres, Instant.EPOCH, false);
    }

    private static Boundary boundary(String geometry, String properties) throws Exception {
        return Boundary.parse(new ObjectMapper()
                .readTree("{\"type\": \"Feature\", \"geometry\": %s, \"properties\": %s}"
                        .formatted(geometry, properties)));
    }

    private static Boundary circle() throws Exception {
        return boundary(
                "{\"type\": \"Point\", \"coordinates\": [%s, %s]}".formatted(LONGITUDE, LATITUDE),
                "{\"radiusMetres\": 50}");
    }

    private static Document drawn(String svg) throws Exception {
        assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static double number(Document svg, String element, int index, String attribute) {
        return Double.parseDouble(((Element) svg.getElementsByTagName(element).item(index)).getAttribute(attribute));
    }

    @Test
    void circlesAreTrueToScaleAroundTheFixThatCounts() throws Exception {
        double north = 50 / 110_700.0;
        Document svg = drawn(PositionSketch.of(
                circle(),
                List.of(fix(LATITUDE, LONGITUDE, 25.0), fix(LATITUDE + north, LONGITUDE, 5.0)),
                List.of(new double[] {LATITUDE - north, LONGITUDE})));

        double pixelsForEachMetre = 4.0;
        assertThat(number(svg, "circle", 0, "r")).isEqualTo(25 * pixelsForEachMetre);
        assertThat(number(svg, "circle", 1, "cy")).isCloseTo(-50 * pixelsForEachMetre, within(1.0));
        assertThat(number(svg, "rect", 1, "y")).isCloseTo(50 * pixelsForEachMetre - 4, within(1.0));
    }

    @Test
    void everyRingOfEveryPolygonIsDrawn() throws Exception {
        Document svg = drawn(PositionSketch.of(
                boundary(
                        """
                        {"type": "MultiPolygon", "coordinates": [
                         [[[73.856, 18.520], [73.858, 18.520], [73.858, 18.522], [73.856, 18.522], [73.856, 18.520]],
                          [[73.8565, 18.5205], [73.8565, 18.521], [73.857, 18.521], [73.857, 18.5205], [73.8565, 18.5205]]],
                         [[[73.859, 18.520], [73.860, 18.520], [73.860, 18.521], [73.859, 18.520]]]]}""",
                        "{}"),
                List.of(fix(LATITUDE, LONGITUDE, null)),
                List.of()));

        assertThat(((Element) svg.getElementsByTagName("path").item(0)).getAttribute("d"))
                .satisfies(path -> assertThat(
                                path.chars().filter(command -> command == 'Z').count())
                        .isEqualTo(3));
    }

    @Test
    void whatIsNoPlaceOnEarthIsNotDrawn() throws Exception {
        GpsFix nowhere = fix(200, 300, 5.0);

        assertThat(PositionSketch.of(circle(), List.of(nowhere), List.of())).contains("There is no position to draw.");
        assertThat(PositionSketch.of(circle(), List.of(), List.of())).contains("There is no position to draw.");
        assertThat(drawn(PositionSketch.of(circle(), List.of(nowhere, fix(LATITUDE, LONGITUDE, 5.0)), List.of()))
                        .getElementsByTagName("circle")
                        .getLength())
                .isEqualTo(2);
    }

    @Test
    void fixWithoutBoundaryIsDrawnByItself() throws Exception {
        Document svg = drawn(PositionSketch.of(null, List.of(fix(LATITUDE, LONGITUDE, null)), List.of()));

        assertThat(number(svg, "circle", 0, "r")).isZero();
    }
}
