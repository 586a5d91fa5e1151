package io.fieldwright.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** The OpenAPI description: what controllers say by themselves, and here once what holds for all of them. */
@Configuration
class InterfaceDescription {

    private static final String LOGIN = "login";
    private static final String TOKEN = "token";
    private static final String PROBLEM = "Problem";
    private static final String KEY_DESCRIPTION =
            "Makes the request safe to repeat: 1 to 255 visible ASCII characters of"
                    + " the caller's choice. The same key with the same body gets the first answer again, with another body 422.";

    @Bean
    GlobalOpenApiCustomizer describesTheWhole() {
        return description -> {
            description
                    .info(new Info()
                            .title("Fieldwright")
                            .version("v1")
                            .description(
                                    "Organisations, people, sites, equipment, projects and logistics, and the tasks of"
                                            + " the processes that move them. No endpoint sets a state directly: states change"
                                            + " because a process moves."))
                    .servers(List.of(new Server().url("/")))
                    .addSecurityItem(new SecurityRequirement().addList(LOGIN))
                    .addSecurityItem(new SecurityRequirement().addList(TOKEN));
            description
                    .getComponents()
                    .addSecuritySchemes(
                            LOGIN,
                            new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"))
                    .addSecuritySchemes(
                            TOKEN,
                            new SecurityScheme()
                                    .type(SecurityScheme.Type.HTTP)
                                    .scheme("bearer")
                                    .description("An access token of POST /api/v1/login, or an API key"))
                    .addSchemas(PROBLEM, problem());
            operations(description).forEach(InterfaceDescription::refusals);
            description.getPaths().values().stream()
                    .map(path -> path.getPost())
                    .filter(post -> post != null)
                    .forEach(post -> post.addParametersItem(idempotencyKey()));
        };
    }

    /** Ids and tags that do not depend on the order in which controllers are found. */
    @Bean
    GlobalOperationCustomizer namesEachOperation() {
        return (operation, handler) -> {
            String subject = handler.getBeanType().getSimpleName().replace("Controller", "");
            operation.tags(List.of(subject));
            operation.operationId(subject + "-" + handler.getMethod().getName());
            if (creates(handler) && operation.getResponses().containsKey("200")) {
                operation
                        .getResponses()
                        .addApiResponse(
                                "201", operation.getResponses().remove("200").description("Created"));
            }
            return operation;
        };
    }

    private static boolean creates(HandlerMethod handler) {
        return handler.hasMethodAnnotation(PostMapping.class)
                && handler.getReturnType().getParameterType().equals(ResponseEntity.class);
    }

    private static List<Operation> operations(OpenAPI description) {
        return description.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .toList();
    }

    private static void refusals(Operation operation) {
        operation
                .getResponses()
                .addApiResponse(
                        "4XX",
                        new ApiResponse()
                                .description("Refused; nothing has changed (RFC 9457)")
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType()
                                                        .schema(new Schema<>()
                                                                .$ref("#/components/schemas/" + PROBLEM)))));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("What is wrong (RFC 9457)")
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema())
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new ObjectSchema()
                                        .addProperty("field", new StringSchema())
                                        .addProperty("reason", new StringSchema())));
    }

    private static Parameter idempotencyKey() {
        return new HeaderParameter()
                .name(IdempotencyKey.HEADER)
                .required(false)
                .description(KEY_DESCRIPTION)
                .schema(new StringSchema());
    }
}
