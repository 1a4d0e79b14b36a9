"""Tables of proof: what is counted, judged, drawn and kept of assessments."""

from qingli.proof.models.marks import Assessment, Mark, Sample, SampleSite
from qingli.proof.models.tallies import Tally

__all__ = ["Assessment", "Mark", "Sample", "SampleSite", "Tally"]
