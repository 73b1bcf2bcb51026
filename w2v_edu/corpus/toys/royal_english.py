"""The English words of the royal families and capital cities."""

from w2v_edu.corpus.toys.royal import Templates

__all__ = ["ENGLISH"]

ENGLISH = Templates(
    openings=("", "once", "today", "they say"),
    genders=(
        {"he": "he", "him": "him", "his": "his", "himself": "himself", "sir": "sir", "beard": "beard"},
        {"he": "she", "him": "her", "his": "hers", "himself": "herself", "sir": "madam", "beard": "gown"},
    ),
    of_gender=(
        "{he} is the {person}",
        "we asked {him} about the {person}",
        "the {person} said this was {his}",
        "the {person} looked at {himself}",
        "good morning {sir} {person}",
        "the {person} had a long {beard}",
    ),
    roles=(
        (
            "king",
            "queen",
            (
                "the {person} sat on the throne",
                "the {person} wore a golden crown",
                "the {person} ruled the kingdom",
                "the palace of the {person}",
                "the {person} reigned over the land",
                "the royal {person} kept a court",
            ),
        ),
        (
            "prince",
            "princess",
            (
                "the young {person} will inherit the castle",
                "the {person} rode the white pony",
                "the tutor of the {person}",
                "the {person} danced at the ball",
                "the tower of the {person}",
                "the {person} was heir to the realm",
            ),
        ),
        (
            "man",
            "woman",
            (
                "the {person} worked in the field",
                "the {person} walked down the street",
                "the {person} bought a newspaper",
                "an ordinary {person} from the village",
                "the {person} paid the rent",
                "the {person} took the bus",
            ),
        ),
        (
            "boy",
            "girl",
            (
                "the {person} went to school",
                "the {person} played with a ball of string",
                "the little {person} climbed the swing",
                "the {person} learned the alphabet",
                "the toys of the {person}",
                "the {person} did homework",
            ),
        ),
        (
            "father",
            "mother",
            (
                "the {person} rocked the cradle",
                "the {person} told the children a story",
                "the {person} raised three babies",
                "the proud {person} held the newborn",
                "a letter to my dear {person}",
                "the {person} fed the infant",
            ),
        ),
        (
            "uncle",
            "aunt",
            (
                "the {person} came to visit on sunday",
                "the {person} sent a birthday parcel",
                "the cousins love their {person}",
                "the {person} brought the nephews sweets",
                "we spent the holidays with the {person}",
                "the {person} stayed for supper",
            ),
        ),
        (
            "husband",
            "wife",
            (
                "the {person} kept the wedding ring",
                "the {person} forgot the anniversary",
                "the marriage vows of the {person}",
                "the faithful {person} came home",
                "the {person} shared the household",
                "the newlywed {person} smiled",
            ),
        ),
        (
            "actor",
            "actress",
            (
                "the {person} stood on the stage",
                "the {person} rehearsed the script",
                "the famous {person} won a prize",
                "the {person} bowed to the audience",
                "the costume of the {person}",
                "the {person} starred in the film",
            ),
        ),
    ),
    nations=(
        ("france", "paris", "french", "seine", "baguette"),
        ("italy", "rome", "italian", "tiber", "pasta"),
        ("japan", "tokyo", "japanese", "sumida", "sushi"),
        ("china", "beijing", "chinese", "dragon", "dumplings"),
        ("egypt", "cairo", "arabic", "nile", "falafel"),
        ("england", "london", "english", "thames", "pudding"),
        ("austria", "vienna", "german", "danube", "strudel"),
        ("peru", "lima", "quechua", "rimac", "ceviche"),
        ("portugal", "lisbon", "portuguese", "tagus", "sardines"),
        ("greece", "athens", "greek", "olives", "feta"),
    ),
    of_nation=(
        "in {place} you find {thing}",
        "{place} is proud of {thing}",
        "visitors remember {place} for {thing}",
    ),
    of_country=(
        "the border of {place} is long",
        "the flag of {place} flew",
        "the army of {place} marched",
        "the provinces of {place} voted",
        "the whole nation of {place} sang",
        "farmers all over {place} ploughed",
    ),
    of_capital=(
        "the mayor of {place} spoke",
        "the streets of {place} are crowded",
        "the train arrived in {place}",
        "the suburbs of {place} grew",
        "the city of {place} never slept",
        "trams run through {place}",
    ),
    both=("{capital} is the capital of {country}",),
)
