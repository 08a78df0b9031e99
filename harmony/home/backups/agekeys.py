"""Our backup key as age writes keys: the same 32 bytes of X25519, in Bech32 (BIP 173)."""

from pyrage import x25519

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def recipient(public):
    """32 bytes -> whom an archive is locked for."""
    return x25519.Recipient.from_str(bech32("age", public))


def identity(private):
    """32 bytes -> what opens it."""
    return x25519.Identity.from_str(bech32("age-secret-key-", private).upper())


def bech32(prefix, content):
    words = _in_fives(content)
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = _polymod([*spread, *words, *[0] * 6]) ^ 1
    words += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(LETTERS[word] for word in words)}"


def _in_fives(content):
    """Bytes -> numbers of five bits, the last filled up with noughts."""
    bits = "".join(f"{byte:08b}" for byte in content)
    bits += "0" * (-len(bits) % 5)
    return [int(bits[start : start + 5], 2) for start in range(0, len(bits), 5)]


def _polymod(words):
    check = 1
    for word in words:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for place, number in enumerate(GENERATOR):
            check ^= number if top >> place & 1 else 0
    return check
