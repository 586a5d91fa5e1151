package io.fieldwright.workflow;

import java.util.AbstractMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** The beans that expressions in models can name: delegates and listeners, and nothing else of the application. */
class DelegateBeans extends AbstractMap<Object, Object> {

    private final ApplicationContext context;

    DelegateBeans(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name
                && context.containsBean(name)
                && Stream.of(JavaDelegate.class, TaskListener.class, ExecutionListener.class)
                        .anyMatch(type -> context.isTypeMatch(name, type));
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return key != null && containsKey(key) ? context.getBean((String) key) : null;
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return Stream.of(JavaDelegate.class, TaskListener.class, ExecutionListener.class)
                .flatMap(type -> context.getBeansOfType(type).entrySet().stream())
                .map(bean -> new SimpleImmutableEntry<Object, Object>(bean.getKey(), bean.getValue()))
                .collect(Collectors.toSet());
    }
}
