package io.fieldwright.api;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.ResolvableType;

/**
 * The order in which a request declares its fields, which is that of the documentation and the one in which people fill
 * them in; validation itself finds what is wrong in an order that changes from run to run. Nested fields stand in the
 * place of the one that they are part of, those of a list by their number.
 */
final class DeclaredOrder implements Comparator<Problem.FieldError> {

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)(?:\\[(\\d+)])?");

    private final ResolvableType request;

    DeclaredOrder(Class<?> request) {
        this.request = ResolvableType.forClass(request);
    }

    @Override
    public int compare(Problem.FieldError one, Problem.FieldError other) {
        int byPlace = Arrays.compare(place(one.field()), place(other.field()));
        return byPlace == 0 ? one.toString().compareTo(other.toString()) : byPlace;
    }

    private int[] place(String field) {
        List<Integer> place = new ArrayList<>();
        ResolvableType type = request;
        for (Matcher step = STEP.matcher(field); type.toClass().isRecord() && step.find(); ) {
            List<RecordComponent> declared = List.of(type.toClass().getRecordComponents());
            int position =
                    declared.stream().map(RecordComponent::getName).toList().indexOf(step.group(1));
            place.add(position);
            type = position < 0
                    ? ResolvableType.NONE
                    : ResolvableType.forType(declared.get(position).getGenericType());
            if (step.group(2) != null) {
                place.add(Integer.valueOf(step.group(2)));
                type = type.asCollection().getGeneric();
            }
        }
        return place.stream().mapToInt(Integer::intValue).toArray();
    }
}
