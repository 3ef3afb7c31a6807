package io.crossbook.api.orders;

import io.crossbook.api.form.Form;
import io.crossbook.api.problem.Problem;
import org.jspecify.annotations.Nullable;

/** The idempotency key of a request: in its header or in its body. */
public final class Keys {
    private Keys() {}

    public static @Nullable String read(Form form, @Nullable String ofHeader) {
        String ofBody = form.text("idempotency_key");
        if (ofHeader == null || ofHeader.isBlank()) {
            return ofBody;
        }
        String key = ofHeader.strip();
        String wrong = Form.wrongText(key);
        if (wrong != null) {
            throw Problem.invalid("Idempotency-Key", "Idempotency-Key " + wrong);
        }
        if (ofBody != null && !ofBody.equals(key)) {
            form.fault("idempotency_key", "must be that of the header Idempotency-Key, or absent");
        }
        return key;
    }
}
