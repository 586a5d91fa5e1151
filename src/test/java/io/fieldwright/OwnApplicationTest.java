package io.fieldwright;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;

/**
 * An application of its own, for tests that need it set up in another way. They run after all that share the one of
 * {@link FieldwrightTest}: the engine's REST interface and web apps know one engine in a JVM, the one started last. Within
 * one JVM the order says so, in a whole run the build by the tag.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@FieldwrightTest
@Tag("own-application")
@Order(OwnApplicationTest.AFTER_THE_SHARED_ONE)
public @interface OwnApplicationTest {

    int AFTER_THE_SHARED_ONE = Integer.MAX_VALUE - 1;
}
