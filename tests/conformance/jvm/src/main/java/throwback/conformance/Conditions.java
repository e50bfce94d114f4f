package throwback.conformance;

import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.ParserPool;
import org.apache.velocity.runtime.RuntimeServices;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.runtime.parser.Parser;
import org.apache.velocity.runtime.parser.node.ASTAndNode;
import org.apache.velocity.runtime.parser.node.ASTExpression;
import org.apache.velocity.runtime.parser.node.ASTNotNode;
import org.apache.velocity.runtime.parser.node.ASTOrNode;
import org.apache.velocity.runtime.parser.node.ASTReference;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/**
 * Parsers that are used once, so that no template knows of another one's macros, and in whose trees
 * a reference to nothing is no condition that holds: API Gateway prints nothing for one, and
 * templates ask for its being there.
 */
public final class Conditions implements ParserPool {
  /** What a reference to nothing is worth; only the very text is nothing. */
  @SuppressWarnings("StringOperationCanBeSimplified")
  static final String NOTHING = new String("");

  private RuntimeServices services;

  /** Made by Velocity. */
  public Conditions() {}

  @Override
  public void initialize(RuntimeServices services) {
    this.services = services;
  }

  @Override
  public Parser get() {
    return new Reading(services);
  }

  @Override
  public void put(Parser parser) {
    // It knows the names of macros.
  }

  private static final class Reading extends Parser {
    Reading(RuntimeServices services) {
      super(services);
    }

    @Override
    public SimpleNode parse(java.io.Reader reader, String name) throws ParseException {
      SimpleNode tree = super.parse(reader, name);
      replace(tree);
      return tree;
    }

    private void replace(Node node) {
      boolean condition =
          node instanceof ASTExpression
              || node instanceof ASTNotNode
              || node instanceof ASTAndNode
              || node instanceof ASTOrNode;
      for (int at = 0; at < node.jjtGetNumChildren(); at++) {
        Node child = node.jjtGetChild(at);
        replace(child);
        if (condition && child instanceof ASTReference reference) {
          Reference replacement = new Reference(this, reference);
          replacement.jjtSetParent(node);
          node.jjtAddChild(replacement, at);
        }
      }
    }
  }

  /** A reference that may be asked whether it holds. */
  private static final class Reference extends ASTReference {
    Reference(Parser parser, ASTReference replaced) {
      super(parser, replaced.getType());
      templateName = replaced.getTemplateName();
      first = replaced.getFirstToken();
      last = replaced.getLastToken();
      for (int at = 0; at < replaced.jjtGetNumChildren(); at++) {
        replaced.jjtGetChild(at).jjtSetParent(this);
        jjtAddChild(replaced.jjtGetChild(at), at);
      }
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean evaluate(InternalContextAdapter context) {
      Object value = execute(null, context);
      if (value instanceof Boolean bool) {
        return bool;
      }
      return value != null && value != NOTHING && value.toString() != null;
    }
  }
}
