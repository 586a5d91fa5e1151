package io.fieldwright.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeodesyTests {

    /** The twenty lines that GeographicLib tests itself with, of Karney's GeodTest.dat (doi:10.5281/zenodo.32156). */
    @ParameterizedTest
    @CsvSource({
        "35.60777, -139.44815, 111.098748429560326, -11.17491, -69.95921, 8935244.5604818305",
        "55.52454, 106.05087, 22.020059880982801, 77.03196, 197.18234, 4105086.1713924406",
        "-21.97856, 142.59065, -32.44456876433189, 41.84138, 98.56635, 8394328.894657671",
        "-66.99028, 112.2363, 173.73491240878403, -12.70631, 285.90344, 11150344.2312080241",
        "-17.42761, 173.34268, -159.033557661192928, -15.84784, 5.93557, 16076603.1631180673",
        "32.84994, 48.28919, 150.492927788121982, -56.28556, 202.29132, 16727068.9438164461",
        "6.96833, 52.74123, 92.581585386317712, -7.39675, 206.17291, 17102477.2496958388",
        "-50.56724, -16.30485, -105.439679907590164, -33.56571, -94.97412, 6455670.5118668696",
        "-58.93002, -8.90775, 140.965397902500679, -8.91104, 133.13503, 11756066.0219864627",
        "-68.82867, -74.28391, 93.774347763114881, -50.63005, -8.36685, 3956936.926063544",
        "-10.62672, -32.0898, -86.426713286747751, 5.883, -134.31681, 11470869.3864563009",
        "-21.76221, 166.90563, 29.319421206936428, 48.72884, 213.97627, 9098627.3986554915",
        "-19.79938, -174.47484, 71.167275780171533, -11.99349, -154.35109, 2319004.8601169389",
        "-11.95887, -116.94513, 92.712619830452549, 4.57352, 7.16501, 13834722.5801401374",
        "-87.85331, 85.66836, -65.120313040242748, 66.48646, 16.09921, 17286615.3147144645",
        "1.74708, 128.32011, -101.584843631173858, -11.16617, 11.87109, 12942901.1241347408",
        "-25.72959, -144.90758, -153.647468693117198, -57.70581, -269.17879, 9413446.7452453107",
        "-41.22777, 122.32875, 14.285113402275739, -7.57291, 130.37946, 3812686.035106021",
        "11.01307, 138.25278, 79.43682622782374, 6.62726, 247.05981, 11911190.819018408",
        "-29.47124, 95.14681, -163.779130441688382, -27.46601, -69.15955, 13487015.8381145492"
    })
    void distanceAndDirectionAreThoseOfKarneysTestSet(
            double latitude1, double longitude1, double azimuth, double latitude2, double longitude2, double metres) {
        assertThat(Geodesy.metres(latitude1, longitude1, latitude2, longitude2)).isCloseTo(metres, within(1e-8));

        Geodesy.Offset offset = Geodesy.offset(latitude1, longitude1, latitude2, longitude2);
        assertThat(offset.east()).isCloseTo(metres * Math.sin(Math.toRadians(azimuth)), within(1e-7));
        assertThat(offset.north()).isCloseTo(metres * Math.cos(Math.toRadians(azimuth)), within(1e-7));
    }

    /** Lines that were hard for earlier releases of GeographicLib: very short, and nearly to the antipode. */
    @ParameterizedTest
    @CsvSource({
        "36.493349428792, 0, 36.49334942879201, .0000008, 0.072",
        "88.202499451857, 0, -88.202499451857, 179.981022032992859592, 20003898.214",
        "89.262080389218, 0, -89.262080389218, 179.992207982775375662, 20003925.854",
        "89.333123580033, 0, -89.333123580032997687, 179.99295812360148422, 20003926.881",
        "56.320923501171, 0, -56.320923501171, 179.664747671772880215, 19993558.287",
        "52.784459512564, 0, -52.784459512563990912, 179.634407464943777557, 19991596.095",
        "48.522876735459, 0, -48.52287673545898293, 179.599720456223079643, 19989144.774"
    })
    void distancesThatWereHardAreRight(
            double latitude1, double longitude1, double latitude2, double longitude2, double metres) {
        assertThat(Geodesy.metres(latitude1, longitude1, latitude2, longitude2)).isCloseTo(metres, within(0.5e-3));
    }

    @Test
    void positionItselfHasNoOffset() {
        Geodesy.Offset offset = Geodesy.offset(18.52, 73.85, 18.52, 73.85);

        assertThat(offset.east()).isZero();
        assertThat(offset.north()).isZero();
    }

    @Test
    void offsetGoesTheShortWayAcrossTheAntimeridian() {
        Geodesy.Offset offset = Geodesy.offset(0, 179.9, 0, -179.9);

        assertThat(offset.east()).isCloseTo(Math.toRadians(0.2) * 6_378_137, within(1e-6));
        assertThat(offset.north()).isCloseTo(0, within(1e-6));
    }
}
