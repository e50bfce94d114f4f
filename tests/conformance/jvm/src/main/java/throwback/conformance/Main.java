package throwback.conformance;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.velocity.runtime.parser.ParseException;

/**
 * Answers frames on standard input with frames on standard output, in their order, until the input
 * ends.
 */
public final class Main {
  /** By number; a document takes the place of the one before it. */
  private final Map<Integer, Document> documents = new HashMap<>();

  private Main() {}

  /**
   * Runs until standard input ends.
   *
   * @param arguments none
   * @throws IOException where the other side is gone
   */
  public static void main(String[] arguments) throws IOException {
    try (InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in), 1 << 16);
        OutputStream out =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        DataOutputStream frames = new DataOutputStream(out)) {
      // Only frames may stand there, whatever a library prints.
      System.setOut(System.err);
      write(frames, Versions.frame());
      frames.flush();
      new Main().serve(new DataInputStream(in), frames);
    }
  }

  private void serve(DataInputStream in, DataOutputStream out) throws IOException {
    while (true) {
      byte[] frame;
      try {
        frame = new byte[in.readInt()];
      } catch (EOFException end) {
        return;
      }
      in.readFully(frame);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try (DataOutputStream fields = new DataOutputStream(answer)) {
        answer(new DataInputStream(new ByteArrayInputStream(frame)), fields);
      }
      write(out, answer.toByteArray());
      // The other side may wait for the last answer.
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  private static void write(DataOutputStream out, byte[] frame) throws IOException {
    out.writeInt(frame.length);
    out.write(frame);
  }

  private void answer(DataInputStream in, DataOutputStream out) throws IOException {
    char kind = (char) in.readByte();
    int id = in.readInt();
    switch (kind) {
      case 'D' -> {
        try {
          documents.put(id, Document.read(Fields.bytes(in)));
          Fields.text(out, "");
        } catch (RuntimeException | IOException error) {
          Fields.text(out, String.valueOf(error.getMessage()));
        }
      }
      case 'T' -> {
        Input nothing =
            new Input("{}", Map.of("path", Map.of(), "querystring", Map.of(), "header", Map.of()));
        try {
          Fields.text(out, new Template(Fields.text(in)).render(nothing, Map.of()));
        } catch (ParseException | RuntimeException error) {
          Fields.text(out, "refused: " + error.getMessage());
        }
      }
      case 'P' -> Probing.answer(in, out);
      case 'R' -> Responding.answer(documents.get(id), in, out);
      case 'E' -> Requesting.answer(documents.get(id), in, out);
      default -> throw new IOException("a frame of kind " + kind);
    }
  }
}
