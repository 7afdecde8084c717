"""Numbers and keys that look real and are nobody's: made from a fixed seed, with the check digits that the real ones have."""
import base64
import hashlib
import random

ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def rng(name):
    return random.Random(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))


def letters(name, count, alphabet=ALPHANUMERIC):
    source = rng(name)
    return "".join(source.choice(alphabet) for _ in range(count))


def resident_id(name, area="350104"):
    """A Chinese resident identity number (GB 11643) with a right check digit."""
    source = rng("resident " + name)
    body = f"{area}{source.randrange(1962, 2001)}{source.randrange(1, 13):02}{source.randrange(1, 29):02}{source.randrange(11, 990):03}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights)) % 11]


def luhn(body):
    total = 0
    for index, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def card(name, prefix="622848"):
    return luhn(prefix + letters("card " + name, 18 - len(prefix), "0123456789"))


def iban(name, country="DE"):
    body = letters("iban " + name, 18, "0123456789")
    digits = "".join(str(int(letter, 36)) for letter in body + country + "00")
    return f"{country}{98 - int(digits) % 97:02}{body}"


def mobile(name):
    return "13" + letters("mobile " + name, 9, "0123456789")


def cloud_key(name):
    """An access key ID in the shape that AWS gives them, and its secret half."""
    return "AKIA" + letters("id " + name, 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), letters("secret " + name, 40)


def code_token(name):
    return "glpat-" + letters("token " + name, 20)


def password(name):
    return letters("password " + name, 14, "abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789") + "#7q"


def private_key(name):
    """An Ed25519 private key (RFC 8410) as PEM: it parses, and opens nothing."""
    der = bytes.fromhex("302e020100300506032b657004220420") + hashlib.sha256(name.encode()).digest()
    return "-----BEGIN PRIVATE KEY-----\n" + base64.b64encode(der).decode() + "\n-----END PRIVATE KEY-----\n"
