package io.fieldwright.workflow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * A process as it is packaged: its model and what belongs to the same version of it, the forms of its user tasks and the
 * decisions it takes. It is deployed as one, so that a version of a process never changes under a running instance.
 *
 * @param files content by resource name
 */
record PackagedProcess(String key, Set<String> decisions, Map<String, byte[]> files) {

    /** The property by which a task names the decision that its delegate evaluates. */
    private static final String DECISION = "decision";

    /** Reads the model {@code file} and, from the folder {@code root} that it is deployed from, all it refers to. */
    static PackagedProcess read(ResourceLoader resources, String root, Resource file) {
        byte[] content = content(file);
        BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(content));
        String key =
                model.getModelElementsByType(Process.class).iterator().next().getId();
        Map<String, byte[]> files = new TreeMap<>();
        files.put(key + ".bpmn", content);
        model.getModelElementsByType(UserTask.class).stream()
                .map(UserTask::getCamundaFormRef)
                .filter(form -> form != null)
                .forEach(form -> files.computeIfAbsent(
                        form + ".form", name -> content(resources.getResource(root + "forms/" + name))));
        Set<String> decisions = decisionsOf(model);
        for (String decision : decisions) {
            String name = decision + ".dmn";
            files.put(name, content(resources.getResource(root + "processes/decisions/" + name)));
        }
        return new PackagedProcess(key, decisions, files);
    }

    private static Set<String> decisionsOf(BpmnModelInstance model) {
        Set<String> decisions = new TreeSet<>();
        Stream.concat(
                        model.getModelElementsByType(BusinessRuleTask.class).stream()
                                .map(BusinessRuleTask::getCamundaDecisionRef),
                        model.getModelElementsByType(CamundaProperty.class).stream()
                                .filter(property -> DECISION.equals(property.getCamundaName()))
                                .map(CamundaProperty::getCamundaValue))
                .filter(decision -> decision != null)
                .forEach(decisions::add);
        return decisions;
    }

    private static byte[] content(Resource file) {
        try {
            return file.getContentAsByteArray();
        } catch (IOException missing) {
            throw new UncheckedIOException(
                    "A model refers to " + file.getDescription() + ", which is missing", missing);
        }
    }

    /** SHA-256 of each file in hexadecimal, by resource name. */
    Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>();
        files.forEach((name, content) -> digests.put(name, digest(content)));
        return digests;
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
