package io.fieldwright.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.api.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.engine.impl.repository.ResourceDefinitionEntity;
import org.camunda.bpm.engine.repository.ResourceTypes;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Adds to a model that is deployed alone the forms and decisions in force: the Modeler sends only the file that was
 * edited, while a version of a process is complete in itself.
 */
@Component
class DeploymentCompletion implements Deployer {

    private static final String SAME_DEPLOYMENT = "deployment";

    private final ObjectMapper json;

    DeploymentCompletion(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void deploy(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            return;
        }
        Set<String> present = new HashSet<>();
        List<ResourceEntity> resources = List.copyOf(deployment.getResources().values());
        for (ResourceEntity resource : resources) {
            present.addAll(keysOf(resource));
        }
        for (ResourceEntity resource : resources) {
            if (resource.getName().endsWith(".bpmn")) {
                complete(deployment, resource, present);
            }
        }
    }

    private List<String> keysOf(ResourceEntity resource) {
        if (resource.getName().endsWith(".form")) {
            try {
                return List.of(json.readTree(resource.getBytes()).path("id").asText() + ".form");
            } catch (IOException malformed) {
                throw Problem.invalid(resource.getName(), "is not well-formed JSON");
            }
        }
        if (resource.getName().endsWith(".dmn")) {
            return Dmn.readModelFromStream(new ByteArrayInputStream(resource.getBytes()))
                    .getModelElementsByType(Decision.class)
                    .stream()
                    .map(decision -> decision.getId() + ".dmn")
                    .toList();
        }
        return List.of();
    }

    private static void complete(DeploymentEntity deployment, ResourceEntity file, Set<String> present) {
        CommandContext context = Context.getCommandContext();
        BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(file.getBytes()));
        for (UserTask task : model.getModelElementsByType(UserTask.class)) {
            String form = task.getCamundaFormRef();
            if (form != null
                    && SAME_DEPLOYMENT.equals(task.getCamundaFormRefBinding())
                    && present.add(form + ".form")) {
                add(
                        deployment,
                        form + ".form",
                        context.getCamundaFormDefinitionManager().findLatestDefinitionByKey(form),
                        file);
            }
        }
        for (BusinessRuleTask task : model.getModelElementsByType(BusinessRuleTask.class)) {
            String decision = task.getCamundaDecisionRef();
            if (decision != null
                    && SAME_DEPLOYMENT.equals(task.getCamundaDecisionRefBinding())
                    && present.add(decision + ".dmn")) {
                add(
                        deployment,
                        decision + ".dmn",
                        context.getDecisionDefinitionManager().findLatestDefinitionByKey(decision),
                        file);
            }
        }
    }

    private static void add(
            DeploymentEntity deployment,
            String name,
            @Nullable ResourceDefinitionEntity<?> inForce,
            ResourceEntity file) {
        if (inForce == null) {
            throw Problem.invalid(
                    file.getName(), "refers to " + name + ", which is neither deployed with it nor before");
        }
        ResourceEntity source = Context.getCommandContext()
                .getResourceManager()
                .findResourceByDeploymentIdAndResourceName(inForce.getDeploymentId(), inForce.getResourceName());
        ResourceEntity copy = new ResourceEntity();
        copy.setName(name);
        copy.setBytes(source.getBytes());
        copy.setDeploymentId(deployment.getId());
        copy.setType(ResourceTypes.REPOSITORY.getValue());
        copy.setCreateTime(deployment.getDeploymentTime());
        deployment.addResource(copy);
        Context.getCommandContext().getResourceManager().insertResource(copy);
    }
}
