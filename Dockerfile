# Needs the jar: ./mvnw package
FROM eclipse-temurin:17-jre
RUN useradd --system --create-home fieldwright
USER fieldwright
WORKDIR /home/fieldwright
RUN mkdir -p data/files
VOLUME /home/fieldwright/data/files
COPY target/fieldwright-*.jar fieldwright.jar
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "fieldwright.jar"]
