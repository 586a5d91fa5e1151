package io.fieldwright.workflow;

import io.fieldwright.api.Problem;
import io.fieldwright.people.Permission;
import io.fieldwright.people.SignedInPerson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What a model must not do, whoever deploys it: run code of its own or belong to one tenant. A model composes what the
 * application offers; a script or a method call in an expression would let its author do anything the server can.
 */
@Component
class DeploymentRules implements Deployer {

    private static final Set<String> CODE_ELEMENTS = Set.of("scriptTask", "script");
    private static final Set<String> CODE_ATTRIBUTES = Set.of("class", "resource");
    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");

    @Override
    public void deploy(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            return;
        }
        requirePermission();
        if (deployment.getTenantId() != null) {
            throw Problem.invalid("tenant-id", "models are shared by all tenants; leave it empty");
        }
        List<Problem.FieldError> errors = new ArrayList<>();
        for (ResourceEntity resource : deployment.getResources().values()) {
            if (resource.getName().endsWith(".bpmn") || resource.getName().endsWith(".bpmn20.xml")) {
                check(resource.getName(), parse(resource).getDocumentElement(), errors);
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** Beside the rights of the group process-owner, so that an override of the permission counts here too. */
    private static void requirePermission() {
        boolean mayNot = SignedInPerson.current()
                .filter(person -> !person.permissions().contains(Permission.PROCESSES_DEPLOY.id()))
                .isPresent();
        if (mayNot) {
            throw Problem.forbidden("You do not have the permission to deploy models.");
        }
    }

    private static Document parse(ResourceEntity resource) {
        try {
            DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
            documents.setNamespaceAware(true);
            documents.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            documents.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return documents.newDocumentBuilder().parse(new ByteArrayInputStream(resource.getBytes()));
        } catch (SAXException | IOException malformed) {
            throw Problem.invalid(resource.getName(), "is not well-formed XML");
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void check(String file, Element element, List<Problem.FieldError> errors) {
        String where = element.getAttribute("id").isEmpty() ? element.getLocalName() : element.getAttribute("id");
        if (CODE_ELEMENTS.contains(element.getLocalName()) || element.hasAttribute("language")) {
            errors.add(new Problem.FieldError(file, where + " is a script; call a task of the application instead"));
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            boolean engine = attribute.getNamespaceURI() != null
                    && attribute.getNamespaceURI().startsWith("http://camunda.org/schema/");
            boolean listener = element.getLocalName().endsWith("Listener");
            if ((engine || listener) && CODE_ATTRIBUTES.contains(attribute.getLocalName())) {
                errors.add(new Problem.FieldError(file, where + " names a " + attribute.getLocalName()));
            }
            checkExpression(file, where, attribute.getNodeValue(), errors);
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element nested) {
                check(file, nested, errors);
            } else if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
                checkExpression(file, where, child.getNodeValue(), errors);
            }
        }
    }

    private static void checkExpression(String file, String where, String text, List<Problem.FieldError> errors) {
        for (Matcher expression = EXPRESSION.matcher(text); expression.find(); ) {
            if (expression.group(1).contains("(")) {
                errors.add(new Problem.FieldError(file, where + " calls a method in " + expression.group()));
            }
        }
    }
}
