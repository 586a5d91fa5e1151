package io.fieldwright.tenancy;

import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

@Configuration
@EnableJpaRepositories(basePackages = "io.fieldwright", repositoryBaseClass = ScopedRepository.class)
class RepositoryConfiguration {}
