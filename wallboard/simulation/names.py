"""Invented people: given and family names from many places and in several scripts."""

_GIVEN = (
    "Amara Björn Chiara Dmitri Elif Farah Gustavo Hana Idris Jana Kofi Lucía Mateusz Nadia"
    " Oisín Priya Quentin Rosa Søren Tariq Ursula Viktor Wanjiru Ximena Yusuf Zofia Aoife"
    " Bao Carmen Dong-hyun Eilidh Femi Grace Hiroshi Inés Joaquín Katarína Liam Mirela Noor"
    " Ottavio Paula Rashid Siobhán Thandiwe Uriel Valentina Wei Ying Zoltán"
)
_FAMILY = (
    "Abiodun Burke Castillo Dąbrowski Eriksson Fontaine Ghosh Haddad Ivanova Jørgensen"
    " Kowalska Lindqvist Moreau Nakamura Okafor Papadakis Quispe Rossi Şahin Takahashi Udo"
    " Vasquez Whitfield Xu Yamamoto Zieliński Almeida Bergström Cho Delgado Eze Fitzgerald"
    " Güler Hoang Ibáñez Jansen Keita Larsen Mbeki Novák O’Connor Petrov Reyes Stoica Tran"
    " Ueda Vogel Wójcik Yilmaz Zhou"
)
GIVEN = tuple(_GIVEN.split())
FAMILY = tuple(_FAMILY.split())
WHOLE = (
    "田中 美咲",
    "김 서연",
    "Олена Шевченко",
    "Γιώργος Ράπτης",
    "לאה כהן",
    "سلمى حداد",
    "王 小明",
)
"""Names written in other scripts, some of them two cells a character wide."""


def person_name(number: int) -> str:
    """The name of the person of this number; the same number always has the same name."""
    mixed = (number * 2_654_435_761 + 97) % 4_294_967_296
    if mixed % 41 == 0:
        return WHOLE[mixed // 41 % len(WHOLE)]
    return f"{GIVEN[mixed // 7 % len(GIVEN)]} {FAMILY[mixed // 1_009 % len(FAMILY)]}"
