package io.fieldwright.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.api.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundaryTests {

    private static final String SHELL = "[[0,0],[10,0],[10,10],[0,10],[0,0]]";

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void ringsAreWrittenByTheRightHandRuleWhateverTheyWereReadAs() throws Exception {
        JsonNode written = parse("{'type':'Polygon','coordinates':[[[0,0],[0,10],[10,10],[10,0],[0,0]],"
                        + "[[2,2],[4,2],[4,4],[2,4],[2,2]]]}")
                .feature();

        assertThat(written.at("/geometry/coordinates"))
                .isEqualTo(json.readTree("[[[0.0,0.0],[10.0,0.0],[10.0,10.0],[0.0,10.0],[0.0,0.0]],"
                        + "[[2.0,2.0],[2.0,4.0],[4.0,4.0],[4.0,2.0],[2.0,2.0]]]"));
    }

    @Test
    void whatWasWrittenIsReadAsTheSame() throws Exception {
        Boundary once = parse("{'type':'Feature','properties':null,'geometry':{'type':'MultiPolygon','coordinates':[["
                + SHELL + "],[[[20,0],[30,0],[30,10],[20,0]]]]}}");

        assertThat(Boundary.parse(once.feature())).isEqualTo(once);
        assertThat(once.kind()).isEqualTo(Boundary.Kind.POLYGON);
    }

    @Test
    void aCircleIsAPointWithARadius() throws Exception {
        Boundary circle = parse("{'type':'Feature','geometry':{'type':'Point','coordinates':[73.8,18.5,560]},"
                + "'properties':{'radiusMetres':50.5}}");

        assertThat(circle.kind()).isEqualTo(Boundary.Kind.CIRCLE);
        assertThat(circle.feature())
                .hasToString("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[73.8,18.5]},"
                        + "\"properties\":{\"radiusMetres\":50.5}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[[0,0],[10,0],[10,10],[0,10]]] | coordinates[0] | not closed",
                "[[[0,0],[10,0],[0,0]]] | coordinates[0] | at least 4",
                "[[[0,0],[10,10],[10,0],[0,10],[0,0]]] | coordinates | crosses or touches itself",
                "[[[0,0],[10,0],[5,0],[0,0]]] | coordinates | crosses or touches itself",
                "[[[0,0],[1,1],[1,1],[0,0]]] | coordinates | fewer than 3",
                "[[[0,0],[10,0],[10,10],[5,5],[0,10],[5,5],[0,0]]] | coordinates | touches itself",
                "[" + SHELL + ",[[20,20],[20,21],[21,21],[20,20]]] | coordinates | outside the shell",
                "[" + SHELL + ",[[1,1],[1,9],[9,9],[1,1]],[[2,3],[2,4],[3,4],[2,3]]] | coordinates | another hole",
                "[[[0,0],[181,0],[10,10],[0,0]]] | coordinates[0][1] | longitude must be between",
                "[[[0,0],[10,0],[110,95],[0,0]]] | coordinates[0][2] | latitude must be between",
                "[[[18,73],[73.8,118.5],[18,73]]] | coordinates[0][1] | swapped",
                "[[[0,0],[1e999,0],[10,10],[0,0]]] | coordinates[0][1] | longitude must be between",
                "[[[0,0],['1',0],[10,10],[0,0]]] | coordinates[0][1] | a position is",
                "[[[0,0],[1],[10,10],[0,0]]] | coordinates[0][1] | a position is",
                "[[[179,0],[-179,0],[-179,1],[179,0]]] | coordinates[0][1] | antimeridian",
                "[[]] | coordinates[0] | not empty",
                "[] | coordinates | not empty",
                "7 | coordinates | must be an array",
            })
    void anInvalidRingIsRefusedWithTheReason(String coordinates, String member, String reason) {
        assertThatThrownBy(() -> parse("{'type':'Polygon','coordinates':" + coordinates + "}"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors()).singleElement().satisfies(error -> {
                            assertThat(error.field()).isEqualTo(member);
                            assertThat(error.reason()).contains(reason);
                        }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | type",
                "[] | type",
                "{'type':'LineString','coordinates':[[0,0],[1,1]]} | type",
                "{'type':'Feature'} | geometry.type",
                "{'type':'Feature','geometry':{'type':'Point','coordinates':[0,0]}} | properties.radiusMetres",
                "{'type':'Feature','geometry':{'type':'Point','coordinates':[0,0]},'properties':{'radiusMetres':0}} | properties.radiusMetres",
                "{'type':'Feature','geometry':{'type':'Point','coordinates':[0,0]},'properties':{'radiusMetres':1e9}} | properties.radiusMetres",
                "{'type':'Feature','geometry':{'type':'Point','coordinates':[0]},'properties':{'radiusMetres':5}} | geometry.coordinates",
            })
    void whatIsNoBoundaryIsRefusedByName(String text, String member) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.errors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.field()).isEqualTo(member)));
    }

    private Boundary parse(String text) throws Exception {
        return Boundary.parse(json.readTree(text.replace('\'', '"')));
    }
}
