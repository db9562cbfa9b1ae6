"""What a paper says that reception asked for, in Vietnamese, English and Khmer.

Rules: those of `words`.
"""

from appliance.wire.site import Text

TITLE = Text(vi="PHIẾU IN LẠI", en="REPRINT", km="សំបុត្របោះពុម្ពឡើងវិញ")
ASKED = Text(vi="In lúc", en="Printed", km="បោះពុម្ពនៅ")
