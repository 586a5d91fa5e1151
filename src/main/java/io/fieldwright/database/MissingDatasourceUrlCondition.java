package io.fieldwright.database;

import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** An empty value counts as missing: that is what an unset variable of a shell or of Docker Compose turns into. */
class MissingDatasourceUrlCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean configured = StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
        return new ConditionOutcome(!configured, "spring.datasource.url is " + (configured ? "set" : "not set"));
    }
}
