"""The kinds of things that the ground holds. The values are stored and must never change their meaning."""

from enum import StrEnum


class UnitKind(StrEnum):
    """轄區單位. Township, li and neighbourhood are Taiwan's 鄉鎮、里、鄰."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    TOWNSHIP = "township"
    COMMUNITY = "community"
    LI = "li"
    GRID = "grid"
    NEIGHBOURHOOD = "neighbourhood"


class Script(StrEnum):
    """The writing of a unit's own papers."""

    HANT = "zh-hant"
    HANS = "zh-hans"


class Language(StrEnum):
    """The language in which a person is addressed."""

    HANT = "zh-hant"
    HANS = "zh-hans"
    ENGLISH = "en"


class SiteType(StrEnum):
    """點位: what in a unit needs care. The catalogue's measures name the same types."""

    BUILDING = "building"
    HOUSEHOLD = "household"
    ENTERPRISE = "enterprise"
    SHOP = "shop"
    MARKET = "market"
    OPEN_YARD = "open_yard"
    WATER_TANK = "water_tank"
    RIVER_REACH = "river_reach"
    GREEN_BELT = "green_belt"
    NOTICE_BOARD = "notice_board"
    OFFICE = "office"
    METER = "meter"


class PartyKind(StrEnum):
    """相關方: somebody outside who has duties."""

    PROPERTY_FIRM = "property_firm"
    DEPARTMENT = "department"
    CONTRACTOR = "contractor"
    SCHOOL = "school"
    ENTERPRISE = "enterprise"
    ASSOCIATION = "association"
    OTHER = "other"


class GroupKind(StrEnum):
    """A standing group of people: a leading group (領導小組), a training group, a working group."""

    LEADING = "leading"
    TRAINING = "training"
    WORKING = "working"


class SeatKind(StrEnum):
    """What somebody is in a group: 組長, 副組長, 成員, 聯絡員, 辦公室, 培訓小組."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"
    LIAISON = "liaison"
    OFFICE = "office"
    TRAINING = "training"


class Role(StrEnum):
    """What a post (崗位) makes a person in a unit. A resident has no account and so no role."""

    CLERK = "clerk"
    HEAD = "head"
    GRID_WORKER = "grid_worker"
    BUILDING_HEAD = "building_head"
    REGISTRAR = "registrar"
    CITY_MANAGEMENT_OFFICER = "city_management_officer"
    PARTY_STAFF = "party_staff"
    VOLUNTEER = "volunteer"
    STREET_OFFICE = "street_office"
    DISTRICT_OFFICE = "district_office"
    CITY_OFFICE = "city_office"
    REVIEWER = "reviewer"
    FINANCE = "finance"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
