"""Made-up extracts of GIAS: its columns in its order, its words, and nobody real."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Mapping

# fmt: off
_CODED = (
    "TypeOfEstablishment", "EstablishmentTypeGroup", "EstablishmentStatus", "ReasonEstablishmentOpened",
)
HEADERS = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName",
    *(f"{name} ({part})" for name in _CODED for part in ("code", "name")),
    "OpenDate", "ReasonEstablishmentClosed (code)", "ReasonEstablishmentClosed (name)", "CloseDate",
    "PhaseOfEducation (code)", "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge",
    "Boarders (code)", "Boarders (name)", "NurseryProvision (name)", "OfficialSixthForm (code)",
    "OfficialSixthForm (name)", "Gender (code)", "Gender (name)", "ReligiousCharacter (code)",
    "ReligiousCharacter (name)", "ReligiousEthos (name)", "Diocese (code)", "Diocese (name)",
    "AdmissionsPolicy (code)", "AdmissionsPolicy (name)", "SchoolCapacity", "SpecialClasses (code)",
    "SpecialClasses (name)", "CensusDate", "NumberOfPupils", "NumberOfBoys", "NumberOfGirls",
    "PercentageFSM", "TrustSchoolFlag (code)", "TrustSchoolFlag (name)", "Trusts (code)", "Trusts (name)",
    "SchoolSponsorFlag (name)", "SchoolSponsors (name)", "FederationFlag (name)", "Federations (code)",
    "Federations (name)", "UKPRN", "FEHEIdentifier", "FurtherEducationType (name)", "OfstedLastInsp",
    "OfstedSpecialMeasures (code)", "OfstedSpecialMeasures (name)", "LastChangedDate", "Street", "Locality",
    "Address3", "Town", "County (name)", "Postcode", "SchoolWebsite", "TelephoneNum", "HeadTitle (name)",
    "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle", "BSOInspectorateName (name)",
    "InspectorateReport", "DateOfLastInspectionVisit", "NextInspectionVisit", "TeenMoth (name)",
    "TeenMothPlaces", "CCF (name)", "SENPRU (name)", "EBD (name)", "PlacesPRU", "FTProv (name)",
    "EdByOther (name)", "Section41Approved (name)", *(f"SEN{n} (name)" for n in range(1, 14)),
    "TypeOfResourcedProvision (name)", "ResourcedProvisionOnRoll", "ResourcedProvisionCapacity",
    "SenUnitOnRoll", "SenUnitCapacity", "GOR (code)", "GOR (name)", "DistrictAdministrative (code)",
    "DistrictAdministrative (name)", "AdministrativeWard (code)", "AdministrativeWard (name)",
    "ParliamentaryConstituency (code)", "ParliamentaryConstituency (name)", "UrbanRural (code)",
    "UrbanRural (name)", "GSSLACode (name)", "Easting", "Northing", "MSOA (name)", "LSOA (name)",
    "InspectorateName (name)", "SENStat", "SENNoStat", "BoardingEstablishment (name)", "PropsName",
    "PreviousLA (code)", "PreviousLA (name)", "PreviousEstablishmentNumber", "OfstedRating (name)",
    "RSCRegion (name)", "Country (name)", "UPRN", "SiteName", "QABName (code)", "QABName (name)",
    "EstablishmentAccredited (code)", "EstablishmentAccredited (name)", "QABReport", "CHNumber",
    "MSOA (code)", "LSOA (code)", "FSM", "AccreditationExpiryDate",
)
# fmt: on
LINK_HEADERS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
# Our name of a type, by GIAS's, as this test knows it.
TYPES = {
    "Community school": "Maintained school",
    "Voluntary aided school": "Maintained school",
    "Academy converter": "Academy",
    "Free schools": "Academy",
    "Other independent school": "Independent school",
    "Pupil referral unit": "Alternative provision",
    "Further education": "Further education college",
    "Non-maintained special school": "Non-maintained special school",
    "Children's centre": "",
}
STATUSES = ("Open", "Open", "Open", "Closed", "Open, but proposed to close", "Proposed to open")
NAMES = ("St Mary's", "Ysgol y Bryn Gŵyr", "Saint-Éloi", "Wexley “Old Hall”", "Ash, Elm & Oak", "O'Hara’s")


def school(urn: int, **values: str) -> dict[str, str]:
    """Return a row: an open community primary school of authority 888, unless said otherwise."""
    return {
        "URN": str(urn),
        "LA (code)": "888",
        "LA (name)": "Northmoor",
        "EstablishmentNumber": str(urn % 10_000),
        "EstablishmentName": f"School {urn}",
        "TypeOfEstablishment (name)": "Community school",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-1999",
        "PhaseOfEducation (name)": "Primary",
        "StatutoryLowAge": "4",
        "StatutoryHighAge": "11",
        "Boarders (name)": "No boarders",
        "NurseryProvision (name)": "No Nursery Classes",
        "OfficialSixthForm (name)": "Does not have a sixth form",
        "NumberOfPupils": "210",
        "UKPRN": f"100{urn}",
        "DistrictAdministrative (name)": "Wexley",
        "HeadTitle (name)": "Mrs",
        "HeadFirstName": "Ada",
        "HeadLastName": "Lowe",
        **{name.replace("__", " "): text for name, text in values.items()},
    }


def extract(
    rows: Iterable[Mapping[str, str]], headers: Iterable[str] = HEADERS, encoding: str = "cp1252"
) -> bytes:
    """Return rows as GIAS writes them."""
    target = io.StringIO(newline="")
    headers = list(headers)
    writer = csv.DictWriter(target, headers, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode(encoding, "replace")


def links(*rows: tuple[int, int, str]) -> bytes:
    """Return a file of links: URN, the other URN, what the other is."""
    lines = [",".join(LINK_HEADERS), *(f"{a},{b},A school,{kind},01-09-2026" for a, b, kind in rows)]
    return "\r\n".join(lines).encode()


def england(count: int, seed: int = 1) -> list[dict[str, str]]:
    """Return as many rows as England has schools, over 150 authorities, with what is odd in real ones."""
    dice = random.Random(seed)
    rows = []
    for n in range(count):
        la = 801 + n % 150
        kind = dice.choice(tuple(TYPES))
        status = dice.choice(STATUSES)
        closes = {"Closed": "31-08-2025", "Open, but proposed to close": "31-08-2027"}.get(status, "")
        rows.append(
            school(
                100_000 + n,
                **{
                    "LA (code)": str(la),
                    "LA (name)": f"Authority {la}",
                    "EstablishmentName": f"{dice.choice(NAMES)} {n}",
                    "TypeOfEstablishment (name)": kind,
                    "EstablishmentStatus (name)": status,
                    "PhaseOfEducation (name)": dice.choice(("Primary", "Secondary", "Not applicable")),
                    "CloseDate": closes if n % 50 else dice.choice(("31-02-2025", "31/08/2025", "")),
                    "Trusts (name)": "THE WEXLEY TRUST" if TYPES[kind] == "Academy" else "",
                    "Street": "1 High Street,\r\nBy the Church",
                    "SchoolWebsite": "=HYPERLINK(1)",
                },
            )
        )
    return rows
