package io.fieldwright.fieldwork.sync;

import io.fieldwright.api.Problem;
import io.fieldwright.api.Times;
import io.fieldwright.fieldwork.EvidenceContent;
import io.fieldwright.fieldwork.GpsFix;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an operation says, by its kind. Positions and times are taken as they come: judging them is not for here. */
sealed interface OperationContent {

    /** A piece of evidence, as the core knows it. */
    sealed interface OfEvidence extends OperationContent {
        EvidenceContent evidence();
    }

    record Accept() implements OperationContent {}

    record Decline(@NotBlank @Size(max = 500) String reason) implements OperationContent {}

    record Start(@NotNull Integer round) implements OperationContent {}

    record Fix(
            @NotNull @DecimalMin("-360") @DecimalMax("360") Double latitude,
            @NotNull @DecimalMin("-360") @DecimalMax("360") Double longitude,
            @Nullable @DecimalMin("-1") @DecimalMax("100000000") Double accuracyMetres,
            @NotNull Instant fixedAt,
            @Nullable Boolean mock)
            implements OfEvidence {

        public Fix {
            Times.requireStorable("fixedAt", fixedAt);
        }

        @Override
        public EvidenceContent evidence() {
            return new GpsFix(latitude, longitude, accuracyMetres, fixedAt, Boolean.TRUE.equals(mock));
        }
    }

    record Photo(@NotNull UUID file, @Nullable @Size(max = 2000) String note) implements OfEvidence {

        @Override
        public EvidenceContent evidence() {
            return new EvidenceContent.Photo(file, note);
        }
    }

    record Serial(
            @Nullable @Size(min = 1, max = 200) String serialNumber,
            EvidenceContent.Serial.@NotNull Method method,
            @Nullable UUID file)
            implements OfEvidence {

        public Serial {
            if (serialNumber == null && file == null) {
                throw Problem.invalid("serialNumber", "is needed unless there is a file to read it from");
            }
        }

        @Override
        public EvidenceContent evidence() {
            return new EvidenceContent.Serial(serialNumber, method, file);
        }
    }

    record Answer(
            @NotBlank @Size(max = 100) String question,
            @NotNull @Size(max = 4000) String value,
            @Nullable @Size(max = 2000) String note)
            implements OfEvidence {

        @Override
        public EvidenceContent evidence() {
            return new EvidenceContent.Answer(question, value, note);
        }
    }

    record Signature(
            @NotBlank @Size(max = 200) String name,
            @NotNull UUID file,
            @Nullable @DecimalMin("-360") @DecimalMax("360") Double latitude,
            @Nullable @DecimalMin("-360") @DecimalMax("360") Double longitude)
            implements OfEvidence {

        @Override
        public EvidenceContent evidence() {
            return new EvidenceContent.Signature(name, file, latitude, longitude);
        }
    }

    record Submit(@NotNull @Size(max = 2000) Set<@NotNull UUID> evidence, @Nullable @Size(max = 2000) String note)
            implements OperationContent {}

    static Class<? extends OperationContent> of(OperationKind kind) {
        return switch (kind) {
            case ACCEPT -> Accept.class;
            case DECLINE -> Decline.class;
            case START -> Start.class;
            case FIX -> Fix.class;
            case PHOTO -> Photo.class;
            case SERIAL -> Serial.class;
            case ANSWER -> Answer.class;
            case SIGNATURE -> Signature.class;
            case SUBMIT -> Submit.class;
        };
    }
}
