package io.postern.smtp.probe;

import io.postern.smtp.diagnosis.Observation;
import java.io.IOException;
import java.util.List;

/// One second look. It minds its own time, two seconds at most unless it says otherwise.
interface Probe {
  /// What was seen; empty when looking told nothing.
  ///
  /// @throws IOException when there was nothing to see: as good as an empty list
  List<? extends Observation> look() throws IOException;
}
