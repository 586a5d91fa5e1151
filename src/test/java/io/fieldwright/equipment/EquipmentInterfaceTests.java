package io.fieldwright.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.api.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

class EquipmentInterfaceTests extends EquipmentTest {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private ObjectMapper json;

    @Test
    void aCategoryIsCreatedWithItsDefaultsAndAnExactPrice() {
        ResponseEntity<JsonNode> created = post(
                "equipment-categories",
                """
                {"code": "battery", "name": "Battery bank", "kind": "power", "newPrice": 184500.10, "serialScan": true,
                 "complexityRating": 2, "weightKilograms": 240.5, "volumeCubicMetres": 0.4}""");

        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(created.getHeaders().getETag()).isEqualTo("\"0\"");
        JsonNode category = get(path(created)).getBody();
        assertThat(http.withBasicAuth(coordinatorOf(circle), PASSWORD).getForObject(path(created), String.class))
                .contains("\"newPrice\":184500.10,");
        assertThat(category.path("currency").asText()).isEqualTo("INR");
        assertThat(category.path("gpsAccuracyMetres").asInt()).isEqualTo(10);
        assertThat(category.path("minimumPhotos").asInt()).isEqualTo(5);
        assertThat(category.path("checklist").isArray()).isTrue();
        assertThat(category.path("checklist")).isEmpty();
        assertThat(category.path("organisation").asText()).isEqualTo(circle);
    }

    @Test
    void aCategoryKeepsItsChecklistInOrderAndAChangeReplacesIt() {
        Map<String, Object> category = category("battery");
        List<Object> checklist = List.of(
                question("sealed", "YES_NO", List.of()),
                question("state", "CHOICE", List.of("good", "Schlecht – ungültig")),
                question("cell-voltage-2", "NUMBER", List.of()),
                question("remark", "TEXT", List.of()));
        category.put("checklist", checklist);

        ResponseEntity<JsonNode> created = post("equipment-categories", category);

        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        JsonNode kept = get(path(created)).getBody().path("checklist");
        assertThat(kept).isEqualTo(json.valueToTree(checklist));
        assertThat(equipment.category(circle, "battery").checklist().get(1))
                .isEqualTo(new ChecklistQuestion(
                        "state",
                        "What about state?",
                        ChecklistQuestion.Kind.CHOICE,
                        List.of("good", "Schlecht – ungültig"),
                        true));

        Map<String, Object> changed = changedCategory("Battery bank");
        changed.put(
                "checklist",
                List.of(Map.of("key", "locked", "question", "Locked?", "kind", "YES_NO", "required", false)));
        assertThat(put(path(created), "\"0\"", changed).getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(get(path(created)).getBody().path("checklist").toString())
                .isEqualTo(
                        """
                        [{"key":"locked","question":"Locked?","kind":"YES_NO","choices":[],"required":false}]""");
        changed.remove("checklist");
        assertThat(fields(put(path(created), "\"1\"", changed))).containsExactly("checklist");
    }

    @ParameterizedTest
    @MethodSource
    void aFaultyChecklistIsRefusedByQuestionAndField(String field, Map<String, Object> faulty) {
        Map<String, Object> category = category("battery");
        category.put("checklist", List.of(question("sealed", "YES_NO", List.of()), faulty));

        ResponseEntity<JsonNode> refused = post("equipment-categories", category);

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fields(refused)).containsExactly("checklist[1]." + field);
    }

    static Stream<Arguments> aFaultyChecklistIsRefusedByQuestionAndField() {
        List<String> tooMany =
                IntStream.rangeClosed(1, 21).mapToObj(String::valueOf).toList();
        return Stream.of(
                arguments("key", question("", "TEXT", List.of())),
                arguments("key", question("Sealed", "TEXT", List.of())),
                arguments("key", question("sealed_2", "TEXT", List.of())),
                arguments("key", question("k".repeat(41), "TEXT", List.of())),
                arguments("key", question("sealed", "TEXT", List.of())),
                arguments("key", without("key")),
                arguments("question", with("question", " ")),
                arguments("question", with("question", "q".repeat(301))),
                arguments("question", without("question")),
                arguments("kind", with("kind", "COLOUR")),
                arguments("kind", without("kind")),
                arguments("choices", question("state", "CHOICE", List.of("good"))),
                arguments("choices", question("state", "CHOICE", tooMany)),
                arguments("choices", question("state", "CHOICE", List.of("good", "good"))),
                arguments("choices", question("state", "CHOICE", List.of("good", ""))),
                arguments("choices", question("state", "CHOICE", List.of("good", "c".repeat(101)))),
                arguments("choices", question("state", "TEXT", List.of("good", "bad"))),
                arguments("required", without("required")),
                arguments("weight", with("weight", 3)));
    }

    @Test
    void aChecklistHasAtMostFiftyQuestionsWithoutGaps() {
        Map<String, Object> category = category("battery");
        List<Object> checklist = new ArrayList<>(IntStream.rangeClosed(1, 50)
                .mapToObj(number -> question("question-" + number, "TEXT", List.of()))
                .toList());
        category.put("checklist", checklist);
        assertThat(post("equipment-categories", category).getStatusCode()).isEqualTo(HttpStatus.CREATED);

        checklist.add(question("question-51", "TEXT", List.of()));
        category.put("code", "battery-2");
        assertThat(fields(post("equipment-categories", category))).containsExactly("checklist");
        checklist.subList(1, checklist.size()).clear();
        checklist.add(null);
        assertThat(fields(post("equipment-categories", category))).containsExactly("checklist[1]");
    }

    @Test
    void aCategoryOutOfItsRangesIsRefusedWithEveryField() {
        ResponseEntity<JsonNode> refused = post(
                "equipment-categories",
                """
                {"code": "battery", "name": "Battery bank", "kind": "magic", "newPrice": 10.005, "currency": "XXX",
                 "gpsAccuracyMetres": 0, "minimumPhotos": -1, "serialScan": true, "complexityRating": 6,
                 "weightKilograms": -1, "volumeCubicMetres": 0.4}""");

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fields(refused))
                .containsExactly(
                        "kind",
                        "newPrice",
                        "currency",
                        "gpsAccuracyMetres",
                        "minimumPhotos",
                        "complexityRating",
                        "weightKilograms");
    }

    @Test
    void aPriceThatIsNegativeOrHugeIsRefused() {
        for (String price : List.of("-0.01", "1e30", "1e-30", "1000000000000")) {
            ResponseEntity<JsonNode> refused = post(
                    "equipment-categories",
                    """
                    {"code": "battery", "name": "Battery bank", "kind": "power", "newPrice": %s, "serialScan": true,
                     "complexityRating": 2, "weightKilograms": 1, "volumeCubicMetres": 1}"""
                            .formatted(price));
            assertThat(fields(refused)).as(price).containsExactly("newPrice");
        }
    }

    @Test
    void aTakenCodeOrModelNameIsRefusedAsAConflict() {
        assertThat(post("equipment-categories", category("radio")).getStatusCode())
                .isEqualTo(HttpStatus.CONFLICT);
        ResponseEntity<JsonNode> model =
                post("equipment-models", Map.of("category", "radio", "manufacturer", "Ericsson", "name", "Radio 2217"));
        assertThat(model.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(fields(model)).containsExactly("name");
    }

    @Test
    void aChangeNeedsTheVersionThatWasRead() {
        ResponseEntity<JsonNode> created = post("equipment-categories", category("battery"));
        String path = path(created);
        Map<String, Object> changed = changedCategory("Battery string");

        assertThat(put(path, null, changed).getStatusCode()).isEqualTo(HttpStatus.PRECONDITION_REQUIRED);
        ResponseEntity<JsonNode> first = put(path, "\"0\"", changed);
        assertThat(first.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(first.getHeaders().getETag()).isEqualTo("\"1\"");
        assertThat(put(path, "\"0\"", changed).getStatusCode()).isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(get(path).getBody().path("name").asText()).isEqualTo("Battery string");
    }

    @Test
    void aModelIsChangedAndItsItemsFollowItToAnotherManufacturer() {
        EquipmentItem item = register("SN-1");
        String path = "/api/v1/equipment-models/" + model.id();

        ResponseEntity<JsonNode> changed = put(
                path,
                "\"0\"",
                Map.of("manufacturer", "Nokia", "name", "AHEGA", "specifications", Map.of("band", "1800 MHz")));

        assertThat(changed.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(get(path).getBody().path("specifications").path("band").asText())
                .isEqualTo("1800 MHz");
        assertThat(get("/api/v1/equipment-items/" + item.id())
                        .getBody()
                        .path("manufacturer")
                        .asText())
                .isEqualTo("Nokia");
        EquipmentModel ericsson = model(circle, "Ericsson", "Radio 4415");
        assertThat(post("equipment-items", item("SN-1", ericsson.id(), site)).getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
        ResponseEntity<JsonNode> clash =
                put(path, "\"1\"", Map.of("manufacturer", "Ericsson", "name", "AHEGA", "specifications", Map.of()));
        assertThat(clash.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(fields(clash)).containsExactly("manufacturer");
    }

    @Test
    void anItemIsRegisteredOnceForItsManufacturer() {
        ResponseEntity<JsonNode> created = post("equipment-items", item("SN-1", model.id(), site));

        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        JsonNode item = get(path(created)).getBody();
        assertThat(item.path("place").path("kind").asText()).isEqualTo("site");
        assertThat(item.path("place").path("id").asText()).isEqualTo(String.valueOf(site.id()));
        assertThat(item.path("condition").asText()).isEqualTo("working");
        ResponseEntity<JsonNode> again = post("equipment-items", item(" SN-1 ", model.id(), site));
        assertThat(again.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(fields(again)).containsExactly("serialNumber");
        EquipmentModel nokia = model(circle, "Nokia", "AHEGA");
        assertThat(post("equipment-items", item("SN-1", nokia.id(), site)).getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
        assertThat(equipment.findBySerial(circle, "SN-1")).hasSize(2);
    }

    @Test
    void anItemIsRegisteredOnlyWhereItsOrganisationHasAPlace() {
        Place foreign = place(otherCircle, Place::warehouse);

        for (Object place :
                List.of(description(foreign), description(Place.site(UUID.randomUUID())), Map.of("kind", "disposed"))) {
            ResponseEntity<JsonNode> refused = post(
                    "equipment-items",
                    Map.of(
                            "modelId",
                            model.id(),
                            "serialNumber",
                            "SN-1",
                            "condition",
                            "new",
                            "inServiceSince",
                            "2021-04-01",
                            "place",
                            place));
            assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
            assertThat(fields(refused)).containsExactly("place");
        }
    }

    @Test
    void anItemThatCannotBeReadIsRefusedWithEveryField() {
        ResponseEntity<JsonNode> refused = post(
                "equipment-items",
                """
                {"modelId": "x", "serialNumber": "", "condition": "shiny", "inServiceSince": "yesterday",
                 "place": {"kind": "site", "id": "x"}}""");
        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fields(refused)).containsExactly("modelId", "condition", "inServiceSince", "place.id");

        ResponseEntity<JsonNode> wrong = post(
                "equipment-items",
                """
                {"modelId": "%s", "serialNumber": "a\\u0007b", "condition": "new", "inServiceSince": "2999-01-01",
                 "place": {"kind": "site", "id": "%s"}}"""
                        .formatted(otherModel.id(), site.id()));
        assertThat(wrong.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fields(wrong)).containsExactly("modelId", "serialNumber", "inServiceSince");

        assertThat(fields(post("equipment-items", "{}")))
                .containsExactly("modelId", "condition", "inServiceSince", "place");
    }

    @Test
    void aBulkRegistrationNamesEveryProblemAndWritesNothing() {
        register("TAKEN");
        List<Object> items = new ArrayList<>();
        items.add(item("GOOD", model.id(), site));
        items.add(item("TAKEN", model.id(), site));
        items.add(item("GOOD", model.id(), site));
        items.add(item("", UUID.randomUUID(), warehouse));
        items.add(null);
        items.add(Map.of("serialNumber", "BARE"));

        ResponseEntity<JsonNode> refused = post("equipment-items/bulk", Map.of("items", items));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "items[1].serialNumber",
                        "items[2].serialNumber",
                        "items[3].modelId",
                        "items[3].serialNumber",
                        "items[4]",
                        "items[5].modelId",
                        "items[5].condition",
                        "items[5].inServiceSince",
                        "items[5].place");
        assertThat(equipment.findBySerial(circle, "GOOD")).isEmpty();
    }

    @Test
    void tenThousandItemsAreRegisteredInOneRequestAndOneMoreIsRefused() {
        List<Object> items = new ArrayList<>(IntStream.range(0, 10_000)
                .mapToObj(number -> item("BULK-" + number, model.id(), number % 2 == 0 ? site : warehouse))
                .toList());

        ResponseEntity<JsonNode> created = post("equipment-items/bulk", Map.of("items", items));

        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(created.getBody().path("ids")).hasSize(10_000);
        assertThat(get("/api/v1/equipment-items?placeKind=warehouse&placeId=" + warehouse.id() + "&size=1")
                        .getBody()
                        .path("total")
                        .asInt())
                .isEqualTo(5_000);
        items.add(item("ONE-MORE", model.id(), site));
        ResponseEntity<JsonNode> refused = post("equipment-items/bulk", Map.of("items", items));
        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fields(refused)).containsExactly("items");
    }

    @Test
    void itemsAreListedByEveryFilter() {
        EquipmentItem first = register("SN-1");
        EquipmentItem second = register("SN-2");
        equipment.attach(second.id(), first.id());
        equipment.recordCondition(second.id(), Condition.SCRAP);
        equipment.createCategory(circle, "mast", radio());
        EquipmentItem mast = equipment.register(new NewItem(
                circle,
                equipment
                        .createModel(circle, "mast", new ModelDescription("Tata", "Mast", Map.of()))
                        .id(),
                "SN-3",
                Condition.NEW,
                IN_SERVICE,
                warehouse,
                "a.rao"));

        assertThat(listed("")).containsExactly("SN-1", "SN-2", "SN-3");
        assertThat(listed("?serial=SN-2")).containsExactly("SN-2");
        assertThat(listed("?model=" + mast.model().id())).containsExactly("SN-3");
        assertThat(listed("?category=radio&sort=serialNumber,desc")).containsExactly("SN-2", "SN-1");
        assertThat(listed("?condition=scrap")).containsExactly("SN-2");
        assertThat(listed("?placeKind=site&placeId=" + site.id())).containsExactly("SN-1", "SN-2");
        assertThat(listed("?placeKind=warehouse&placeId=" + site.id())).isEmpty();
        assertThat(listed("?parent=" + first.id())).containsExactly("SN-2");
        assertThat(listed("?size=1&page=1")).containsExactly("SN-2");
        assertThat(fields(get("/api/v1/equipment-items?condition=shiny"))).containsExactly("condition");
        assertThat(fields(get("/api/v1/equipment-items?placeKind=moon"))).containsExactly("placeKind");
        assertThat(fields(get("/api/v1/equipment-items?placeId=moon"))).containsExactly("placeId");
        assertThat(fields(get("/api/v1/equipment-items?sort=colour"))).containsExactly("sort");
    }

    @Test
    void anItemsConditionAndParentChangeButNotItsPlace() {
        EquipmentItem cabinet = register("CABINET");
        EquipmentItem fan = register("FAN");
        String path = "/api/v1/equipment-items/" + fan.id();

        ResponseEntity<JsonNode> changed =
                put(path, "\"0\"", Map.of("condition", "repairable", "parentId", cabinet.id()));

        assertThat(changed.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(get(path).getHeaders().getETag())
                .isEqualTo(changed.getHeaders().getETag())
                .isNotEqualTo("\"0\"");
        assertThat(get(path).getBody().path("condition").asText()).isEqualTo("repairable");
        assertThat(get(path).getBody().path("parentId").asText())
                .isEqualTo(cabinet.id().toString());
        assertThat(put(path, "\"0\"", Map.of("condition", "new")).getStatusCode())
                .isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(fields(put(path, "*", Map.of("condition", "new", "place", description(warehouse)))))
                .containsExactly("place");
        assertThat(fields(put(path, "*", Map.of("condition", "new", "parentId", UUID.randomUUID()))))
                .containsExactly("parentId");
        assertThat(equipment.item(fan.id()).condition()).isEqualTo(Condition.REPAIRABLE);
    }

    @Test
    void anItemShowsWhenItWasLastVerifiedAndByWhom() {
        EquipmentItem item = register("SN-1");
        EquipmentItem other = register("SN-2");
        String path = "/api/v1/equipment-items/" + item.id();
        assertThat(get(path).getBody().get("verifiedAt").isNull()).isTrue();
        assertThat(get(path).getBody().get("verifiedBy").isNull()).isTrue();

        equipment.verify(List.of(item.id(), item.id()), Instant.parse("2026-03-01T10:00:00Z"), "a.rao");

        assertThat(get(path).getBody().path("verifiedAt").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(get(path).getBody().path("verifiedBy").asText()).isEqualTo("a.rao");
        assertThat(equipment.item(other.id()).verifiedAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01T09:59:59.999Z, a.rao", "2026-03-01T10:00:00Z, a.rao", "2026-03-01T10:00:00.001Z, r.kumar"})
    void anOlderVerificationNeverReplacesANewerOne(Instant second, String remembered) {
        EquipmentItem item = register("SN-1");
        equipment.verify(List.of(item.id()), Instant.parse("2026-03-01T10:00:00Z"), "a.rao");

        equipment.verify(List.of(item.id()), second, "r.kumar");

        assertThat(equipment.item(item.id()).verifiedBy()).isEqualTo(remembered);
    }

    @Test
    void aVerificationOfWhatDoesNotExistIsRefusedAsAWhole() {
        EquipmentItem item = register("SN-1");
        UUID unknown = UUID.randomUUID();

        assertThatThrownBy(() -> equipment.verify(List.of(item.id(), unknown), Instant.EPOCH, "a.rao"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(HttpStatus.NOT_FOUND))
                .hasMessageContaining(unknown.toString());

        assertThat(equipment.item(item.id()).verifiedAt()).isNull();
    }

    @Test
    void theCustodyOfAnItemIsReadAsAChainAndVerified() {
        EquipmentItem item = register("SN-1");
        equipment.handOver(List.of(item.id()), handOver(site, warehouse));

        JsonNode chain =
                get("/api/v1/equipment-items/" + item.id() + "/custody").getBody();

        assertThat(chain.path("total").asInt()).isEqualTo(2);
        assertThat(chain.path("items").get(0).path("from").isNull()).isTrue();
        JsonNode second = chain.path("items").get(1);
        assertThat(second.path("sequence").asInt()).isEqualTo(2);
        assertThat(second.path("from").path("id").asText()).isEqualTo(String.valueOf(site.id()));
        assertThat(second.path("to").path("kind").asText()).isEqualTo("warehouse");
        assertThat(second.path("at").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(second.path("evidence").asText()).isEqualTo("trip 1: seal 77");
        JsonNode verification = get("/api/v1/custody/verification").getBody();
        assertThat(verification.path("unbroken").asBoolean()).isTrue();
        assertThat(verification.path("breaks")).isEmpty();
    }

    @Test
    void whatBelongsToAnotherCircleLooksLikeWhatDoesNotExist() {
        EquipmentItem item = register("SN-1");
        String category = equipment.category(circle, "radio").id().toString();

        for (String path : List.of(
                "equipment-categories/" + category,
                "equipment-models/" + model.id(),
                "equipment-items/" + item.id(),
                "equipment-items/" + item.id() + "/custody")) {
            String unknown = UUID.randomUUID().toString();
            String id = path.split("/")[1];
            ResponseEntity<JsonNode> foreignAnswer =
                    exchange(otherCircle, HttpMethod.GET, "/api/v1/" + path, null, null);
            ResponseEntity<JsonNode> unknownAnswer =
                    exchange(otherCircle, HttpMethod.GET, "/api/v1/" + path.replace(id, unknown), null, null);
            assertThat(foreignAnswer.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(foreignAnswer.getBody().toString().replace(id, unknown))
                    .isEqualTo(unknownAnswer.getBody().toString());
        }
        assertThat(exchange(
                                otherCircle,
                                HttpMethod.PUT,
                                "/api/v1/equipment-items/" + item.id(),
                                "*",
                                Map.of("condition", "scrap"))
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        for (String list : List.of("equipment-categories", "equipment-models", "equipment-items")) {
            JsonNode listing = exchange(otherCircle, HttpMethod.GET, "/api/v1/" + list, null, null)
                    .getBody();
            assertThat(listing.path("items")).as(list).allSatisfy(row -> assertThat(
                            row.path("organisation").asText())
                    .isEqualTo(otherCircle));
        }
    }

    @Test
    void nothingIsCreatedForAnotherCircle() {
        Map<String, Object> category = category("battery");
        category.put("organisation", otherCircle);
        Map<String, Object> item = item("SN-1", otherModel.id(), place(otherCircle, Place::site));
        item.put("organisation", otherCircle);

        assertThat(fields(post("equipment-categories", category))).containsExactly("organisation");
        assertThat(fields(post(
                        "equipment-models",
                        Map.of("organisation", otherCircle, "category", "radio", "manufacturer", "A", "name", "B"))))
                .containsExactly("category");
        assertThat(fields(post("equipment-items", item))).containsExactly("organisation");
        assertThat(fields(post("equipment-items/bulk", Map.of("items", List.of(item)))))
                .containsExactly("items[0].organisation");
    }

    @Test
    void whoMayOnlyReadCannotRegister() {
        person(circle, "store." + circle, "storekeeper");
        var storekeeper = http.withBasicAuth("store." + circle, PASSWORD);

        assertThat(storekeeper
                        .getForEntity("/api/v1/equipment-items", JsonNode.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(storekeeper
                        .postForEntity("/api/v1/equipment-items", item("SN-1", model.id(), site), JsonNode.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(http.getForEntity("/api/v1/equipment-items", JsonNode.class).getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    private static Map<String, Object> question(String key, String kind, List<String> choices) {
        return Map.of(
                "key", key, "question", "What about " + key + "?", "kind", kind, "choices", choices, "required", true);
    }

    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> question = new HashMap<>(question("state", "TEXT", List.of()));
        question.put(field, value);
        return question;
    }

    private static Map<String, Object> without(String field) {
        Map<String, Object> question = new HashMap<>(question("state", "TEXT", List.of()));
        question.remove(field);
        return question;
    }

    private static Map<String, Object> category(String code) {
        Map<String, Object> category = changedCategory("Battery bank");
        category.put("code", code);
        return category;
    }

    private static Map<String, Object> changedCategory(String name) {
        Map<String, Object> category = new HashMap<>(Map.of(
                "name",
                name,
                "kind",
                "power",
                "newPrice",
                "99.50",
                "currency",
                "INR",
                "gpsAccuracyMetres",
                10,
                "minimumPhotos",
                5,
                "serialScan",
                true,
                "complexityRating",
                2,
                "weightKilograms",
                240.5,
                "volumeCubicMetres",
                0.4));
        category.put("checklist", List.of());
        return category;
    }

    private static Map<String, Object> item(String serialNumber, UUID modelId, Place place) {
        return new HashMap<>(Map.of(
                "modelId",
                modelId,
                "serialNumber",
                serialNumber,
                "condition",
                "working",
                "inServiceSince",
                IN_SERVICE.toString(),
                "place",
                description(place)));
    }

    private static Map<String, Object> description(Place place) {
        return Map.of("kind", place.kind().id(), "id", place.id());
    }

    private List<String> listed(String query) {
        JsonNode items = get("/api/v1/equipment-items" + query).getBody().path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path("serialNumber").asText())
                .toList();
    }

    private static List<String> fields(ResponseEntity<JsonNode> problem) {
        return StreamSupport.stream(problem.getBody().path("errors").spliterator(), false)
                .map(error -> error.path("field").asText())
                .toList();
    }

    private static String path(ResponseEntity<JsonNode> created) {
        return created.getHeaders().getLocation().getPath();
    }

    private ResponseEntity<JsonNode> get(String path) {
        return exchange(circle, HttpMethod.GET, path, null, null);
    }

    private ResponseEntity<JsonNode> post(String collection, Object body) {
        return exchange(circle, HttpMethod.POST, "/api/v1/" + collection, null, body);
    }

    private ResponseEntity<JsonNode> put(String path, @Nullable String ifMatch, Object body) {
        return exchange(circle, HttpMethod.PUT, path, ifMatch, body);
    }

    private ResponseEntity<JsonNode> exchange(
            String organisation, HttpMethod method, String path, @Nullable String ifMatch, @Nullable Object body) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        if (ifMatch != null) {
            headers.setIfMatch(ifMatch);
        }
        return http.withBasicAuth(coordinatorOf(organisation), PASSWORD)
                .exchange(path, method, new HttpEntity<>(body, headers), JsonNode.class);
    }
}
