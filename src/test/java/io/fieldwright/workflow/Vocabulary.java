package io.fieldwright.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.asm.AnnotationVisitor;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.SpringAsmInfo;

/** Every text that the compiled code mentions: what a model names and is not among them, no code can know. */
final class Vocabulary {

    private final Set<String> words = new HashSet<>();

    private Vocabulary() {}

    static Vocabulary of(Path classes) {
        Vocabulary vocabulary = new Vocabulary();
        try (Stream<Path> files = Files.walk(classes)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(vocabulary::read);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return vocabulary;
    }

    boolean knows(String word) {
        return words.contains(word);
    }

    private void read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            new ClassReader(content).accept(new Collector(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private final class Collector extends ClassVisitor {

        Collector() {
            super(SpringAsmInfo.ASM_VERSION);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String type, String signature, Object value) {
            add(value);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
            return new MethodVisitor(SpringAsmInfo.ASM_VERSION) {
                @Override
                public void visitLdcInsn(Object value) {
                    add(value);
                }

                @Override
                public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    return null;
                }
            };
        }

        private void add(Object value) {
            if (value instanceof String word) {
                words.add(word);
            }
        }
    }
}
