package io.crossbook.api.web;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tomcat speaks as the rest of the program does. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {
    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsForErrors() {
        return factory -> factory.addContextCustomizers(
                context -> ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName()));
    }

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> ownThreads(HttpThreads threads) {
        return factory -> factory.addConnectorCustomizers(
                connector -> connector.getProtocolHandler().setExecutor(threads));
    }
}
