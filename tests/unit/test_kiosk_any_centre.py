"""Another centre than the first: any number of fields, services and groups, with names of any length, on any screen."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from appliance.display.geometry import Rect
from appliance.wire.messages import QueueState, WaitRange
from appliance.wire.procedures import Procedure
from appliance.wire.site import CounterWords, DepartmentWords, GroupWords, QueueWords, ServiceWords, SiteDocument, Text
from kiosk import events as e
from kiosk.catalogue import Catalogue
from kiosk.drivers.ruler import FontRuler
from kiosk.leaves import leaves
from kiosk.screens import view
from kiosk.search import SearchIndex, fold
from kiosk.sight import Sight
from kiosk.states import Flow, State, begin
from kiosk.view import View
from tests.kiosk_letters import written
from tests.kiosk_scene import NOW

SCREENS = ((1080, 1920), (1920, 1080), (720, 1280), (1024, 768), (600, 1024), (2160, 3840))
SYLLABLES = ("đất", "đai", "Nghiệp", "trường", "ưu", "tiên", "kinh", "Khiếu", "nại,", "ở", "giấy", "và", "phép", "QSDĐ")
KHMER = ("សេវា", "ដីធ្លី", "បរិស្ថាន", "ស្ត្រី", "ឯកសារ")
NAMES = st.builds(
    lambda vi, km: Text(vi=" ".join(vi), km=" ".join(km)),
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=14),
    st.lists(st.sampled_from(KHMER), max_size=6),
)
WAITS = st.just(QueueState(rev=1, waiting=0, longest_s=0)) | st.builds(
    lambda waiting, low: QueueState(
        rev=1, waiting=waiting, longest_s=60, wait=WaitRange(low_min=low, high_min=low + 15)
    ),
    st.integers(1, 120),
    st.integers(0, 180),
)


@st.composite
def centres(draw: st.DrawFn) -> tuple[SiteDocument, dict[str, QueueState]]:
    queue = QueueWords(id="a", prefix="A", name=draw(NAMES), counters=("q01",))
    names = draw(st.lists(NAMES, max_size=26))
    departments = [
        DepartmentWords(id=f"d{index}", name=name, field=name, queue="a") for index, name in enumerate(names)
    ]
    services = [
        ServiceWords(id=f"d{index}-{kind}", queue="a", department=f"d{index}", type=kind, name=draw(NAMES))
        for index in range(len(departments))
        for kind in draw(
            st.sampled_from([("nop",), ("nop", "tra", "hoi"), ("nop", "tra", "hoi", "fee", "post", "adv")])
        )
    ]
    own = draw(st.lists(NAMES, max_size=9))
    services += [ServiceWords(id=f"own{index}", queue="a", type="x", name=name) for index, name in enumerate(own)]
    groups = draw(st.lists(NAMES, max_size=11))
    site = SiteDocument(
        revision="r",
        name=draw(NAMES),
        departments=tuple(departments),
        services=tuple(services),
        queues=(queue,),
        counters=(CounterWords(id="q01", label=draw(NAMES)),),
        priority_groups=tuple(GroupWords(id=f"g{index}", name=name) for index, name in enumerate(groups)),
        languages=("vi", "en", "km"),
    )
    return site, {"a": draw(WAITS)}


def all_leaves(sight: Sight) -> Iterator[View]:
    for page in range(200):
        shown = view(replace(sight, flow=replace(sight.flow, page=page)))
        yield shown
        if not any(target.event == e.Leafed(page + 1) for target in shown.targets):
            return


def offered(sight: Sight, flow: Flow) -> list[object]:
    """What can be chosen on all leaves of a page."""
    kinds = (e.Chose, e.Wanted, e.Declared)
    shown = all_leaves(replace(sight, flow=flow))
    return [target.event for leaf in shown for target in leaf.targets if isinstance(target.event, kinds)]


# No shrinking, because each try lays out dozens of pages: it would go on for minutes.
@settings(max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(centres(), st.sampled_from(SCREENS), st.sampled_from(("vi", "en", "km")), st.booleans(), st.booleans())
def test_everything_on_offer_is_offered_once_and_said_in_full(
    centre: tuple[SiteDocument, dict[str, QueueState]], size: tuple[int, int], language: str, large: bool, search: bool
) -> None:
    site, queues = centre
    index = SearchIndex((Procedure(id="p", department="d0", name=Text(vi="Cấp đổi")),) if search else ())
    start = replace(begin(language), large=large)
    sight = Sight(start, Catalogue(site, procedures=index), queues, NOW, *size, FontRuler())
    fields = replace(start, state=State.FIELDS, trail=((State.START, 0),))
    shown = offered(sight, start)
    if any(target.event == e.Looked() for target in view(sight).targets):
        shown += offered(sight, fields)
    wanted = {service.id for service in site.services if not service.department}
    only = [field.services[0].id for field in sight.catalogue.fields if len(field.services) == 1]
    chosen = [field.id for field in sight.catalogue.fields if len(field.services) > 1]
    assert sorted(map(repr, shown)) == sorted(map(repr, [*map(e.Wanted, [*wanted, *only]), *map(e.Chose, chosen)]))
    for field in sight.catalogue.fields[:3]:
        inside = offered(sight, replace(fields, state=State.SERVICES, field=field.id))
        assert inside == [e.Wanted(service.id) for service in field.services]
    declared = offered(sight, replace(fields, state=State.PRIORITY))
    assert sorted(map(repr, declared)) == sorted(
        repr(e.Declared(each)) for each in ["", *(g.id for g in site.priority_groups)]
    )
    flows = [start, fields, replace(fields, state=State.PRIORITY)]
    flows += [replace(fields, state=State.REVIEW, service=service.id) for service in site.services[:2]]
    for flow in flows:
        for leaf in all_leaves(replace(sight, flow=flow)):
            well_set(leaf)


def well_set(shown: View) -> None:
    """Every word whole and off the others, no target on another. Large results may be cut: their page tells all."""
    words = written(shown)
    for each in words:
        assert each.setting.whole or (shown.page == "search" and each.label.bold), each.label
        assert each.place.bottom <= shown.height, each.label
    for one, other in combinations(words, 2):
        assert not one.place.overlaps(other.place), (one.label.words, other.label.words)
    for index, target in enumerate(shown.targets):
        assert target.rect.bottom <= shown.height, target
        for other in shown.targets[index + 1 :]:
            assert not target.rect.overlaps(other.rect), (target, other)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=40), st.integers(1, 900), st.integers(0, 30))
def test_leaves_hold_every_block_once_in_order_and_nothing_that_does_not_fit(
    heights: list[int], room: int, gap: int
) -> None:
    found = leaves(heights, room, gap)
    assert [index for leaf in found for index in leaf] == list(range(len(heights)))
    for leaf in found:
        used = sum(heights[index] for index in leaf) + gap * (len(leaf) - 1)
        assert leaf
        assert used <= room or len(leaf) == 1


def test_a_centre_without_anything_still_has_its_pages() -> None:
    site = SiteDocument(revision="", name=Text(vi="Trung tâm"))
    for large in (False, True):
        flow = replace(begin("vi"), large=large)
        for size in SCREENS:
            shown = view(Sight(flow, Catalogue(site), {}, None, *size, FontRuler()))
            assert shown.page == "start"
            assert shown.targets[0].rect.overlaps(Rect(0, 0, *size))


def test_a_centre_with_many_priority_groups_offers_all_of_them() -> None:
    groups = tuple(GroupWords(id=f"g{index}", name=Text(vi=f"Người có công {index}")) for index in range(12))
    site = SiteDocument(revision="", name=Text(vi="Trung tâm"), priority_groups=groups)
    flow = replace(begin("vi"), state=State.PRIORITY, trail=((State.START, 0),))
    for size in SCREENS:
        shown = offered(Sight(flow, Catalogue(site), {}, None, *size, FontRuler()), flow)
        assert shown == [*(e.Declared(group.id) for group in groups), e.Declared("")], size


LANGUAGES = st.sampled_from(("vi", "en", "km"))
LONG = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=48).map(" ".join)
PAPERS = st.lists(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=14).map(" ".join), max_size=9).map(
    "; ".join
)


LONGEST = Procedure(
    id="p", department="d0", name=Text(vi=" ".join((SYLLABLES * 4)[:48])), level=4, on_the_spot=True, sample=True,
    bring="; ".join([" ".join(SYLLABLES)] * 9),
)  # fmt: skip
PROCEDURES = st.builds(
    Procedure,
    id=st.just("p"),
    department=st.just("d0"),
    name=LONG.map(lambda vi: Text(vi=vi)),
    level=st.integers(1, 4),
    on_the_spot=st.booleans(),
    bring=PAPERS,
    sample=st.booleans(),
)


@settings(max_examples=60, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(PROCEDURES, min_size=1, max_size=4), st.sampled_from(SCREENS), LANGUAGES, st.booleans(), st.booleans())
def test_procedures_with_long_names_are_found_and_told_in_full(
    listed: list[Procedure], size: tuple[int, int], language: str, large: bool, can_submit: bool
) -> None:
    told_in_full(listed, size, language, large, can_submit)


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", ["vi", "en", "km"])
def test_a_procedure_with_everything_at_its_longest_is_told_in_full(
    size: tuple[int, int], large: bool, language: str
) -> None:
    for can_submit in (False, True):
        told_in_full([LONGEST, LONGEST], size, language, large, can_submit)


def told_in_full(listed: list[Procedure], size: tuple[int, int], language: str, large: bool, can_submit: bool) -> None:
    listed = [msgspec.structs.replace(each, id=f"p{index}") for index, each in enumerate(listed)]
    field = DepartmentWords(id="d0", name=Text(vi="Đất đai"), field=Text(vi="Đất đai, môi trường"), queue="a")
    submit = ServiceWords(id="d0-nop", queue="a", department="d0", type="nop", name=Text(vi="Nộp hồ sơ"))
    site = SiteDocument(
        revision="r",
        name=Text(vi="Trung tâm"),
        departments=(field,),
        services=(submit,),
        queues=(QueueWords(id="a", prefix="A", name=Text(vi="A"), counters=("q01",)),),
        counters=(CounterWords(id="q01", label=Text(vi="Quầy 1")),),
        priority_groups=(GroupWords(id="g", name=Text(vi="Người có công")),),
        languages=("vi", "en", "km"),
        online_url="https://example.vn",
    )
    queues = {"a": QueueState(rev=1, waiting=7, longest_s=60, wait=WaitRange(low_min=15, high_min=25))}
    start = replace(begin(language), large=large, trail=((State.START, 0),))
    catalogue = Catalogue(site, procedures=SearchIndex(tuple(listed)))
    flows = [replace(start, state=State.SEARCH, query=fold(listed[0].name.vi)[:1])]
    service = "d0-nop" if can_submit else ""
    flows += [replace(start, state=State.PROCEDURE, procedure=each.id, service=service) for each in listed]
    for flow in flows:
        for leaf in all_leaves(Sight(flow, catalogue, queues, NOW, *size, FontRuler())):
            well_set(leaf)


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("large", [False, True])
def test_a_centre_with_a_long_name_is_rather_not_named_than_by_half(size: tuple[int, int], large: bool) -> None:
    site = SiteDocument(
        revision="", name=Text(vi="Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính tỉnh")
    )
    well_set(view(Sight(replace(begin("vi"), large=large), Catalogue(site), {}, NOW, *size, FontRuler())))
