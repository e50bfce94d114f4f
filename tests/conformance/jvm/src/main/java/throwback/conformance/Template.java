package throwback.conformance;

import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.util.Map;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.app.event.InvalidReferenceEventHandler;
import org.apache.velocity.context.Context;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.VelocimacroFactory;
import org.apache.velocity.runtime.log.NullLogChute;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.util.introspection.Info;

/** A mapping template, parsed when it is first needed. */
final class Template {
  private static final RuntimeInstance VELOCITY = velocity();
  private static final Field MACROS = macros();
  private static final Util UTIL = new Util();

  /** Whether the last template may have defined some. */
  private static boolean macros;

  private final String text;
  private org.apache.velocity.Template parsed;

  Template(String text) {
    this.text = text;
  }

  /** Renders it; whatever it sets in {@code $context} is there afterwards. */
  String render(Input input, Map<String, Object> context) throws ParseException {
    return render(input, context, Map.of());
  }

  /** With stage variables as well. */
  String render(Input input, Map<String, Object> context, Map<String, String> stage)
      throws ParseException {
    if (parsed == null || macros || text.contains("macro")) {
      parsed = parse(text);
    }
    VelocityContext variables = new VelocityContext();
    variables.put("input", input);
    variables.put("util", UTIL);
    variables.put("context", context);
    variables.put("stageVariables", stage);
    EventCartridge events = new EventCartridge();
    events.addEventHandler(new Nothing());
    events.attachToContext(variables);
    StringWriter out = new StringWriter();
    parsed.merge(variables, out);
    return out.toString();
  }

  private static org.apache.velocity.Template parse(String text) throws ParseException {
    if (macros) {
      forget();
    }
    macros = text.contains("macro");
    org.apache.velocity.Template template = new org.apache.velocity.Template();
    template.setName("template");
    template.setRuntimeServices(VELOCITY);
    template.setData(VELOCITY.parse(new StringReader(text), "template"));
    template.initDocument();
    return template;
  }

  /** Macros are global to Velocity; here a template has its own. */
  private static void forget() {
    try {
      VelocimacroFactory macros = new VelocimacroFactory(VELOCITY);
      macros.initVelocimacro();
      MACROS.set(VELOCITY, macros);
    } catch (IllegalAccessException error) {
      throw new IllegalStateException(error);
    }
  }

  private static Field macros() {
    try {
      Field macros = RuntimeInstance.class.getDeclaredField("vmFactory");
      macros.setAccessible(true);
      return macros;
    } catch (NoSuchFieldException error) {
      throw new IllegalStateException(error);
    }
  }

  private static RuntimeInstance velocity() {
    RuntimeInstance velocity = new RuntimeInstance();
    velocity.setProperty(
        RuntimeConstants.RUNTIME_LOG_LOGSYSTEM_CLASS, NullLogChute.class.getName());
    velocity.setProperty(RuntimeConstants.PARSER_POOL_CLASS, Conditions.class.getName());
    velocity.setProperty(RuntimeConstants.MAX_NUMBER_LOOPS, "1000");
    velocity.setProperty(RuntimeConstants.VM_LIBRARY, "");
    velocity.setProperty("file.resource.loader.path", "/nowhere");
    velocity.init();
    return velocity;
  }

  /** API Gateway prints nothing for a reference to nothing, where Velocity prints the reference. */
  private static final class Nothing implements InvalidReferenceEventHandler {
    @Override
    public Object invalidGetMethod(
        Context context, String reference, Object object, String property, Info info) {
      return Conditions.NOTHING;
    }

    @Override
    public boolean invalidSetMethod(Context context, String left, String right, Info info) {
      return false;
    }

    @Override
    public Object invalidMethod(
        Context context, String reference, Object object, String method, Info info) {
      return Conditions.NOTHING;
    }
  }
}
