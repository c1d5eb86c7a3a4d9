/// Why a key file could not be used or a sealed value could not be opened.
package enum SecretFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// A key file of that name is there already.
    case keyFileExists(path: String)
    /// There is no key file of that name.
    case keyFileMissing(path: String)
    /// Something else than a file has that name.
    case keyFileNotRegular(path: String)
    /// Others than the owner may read or write the key file; `mode` is its permission bits.
    case keyFileOpenToOthers(path: String, mode: UInt32)
    /// The key file belongs to another user.
    case keyFileOwner(path: String)
    /// The file does not open with the header line of a key file.
    case keyFileHeader(path: String)
    /// The key in the file is not 32 bytes in hexadecimal digits.
    case keyFileKey(path: String)
    /// The system refused a step; `reason` is its own text.
    case system(step: String, path: String, reason: String)
    /// The sealed value is shorter than any sealed value can be; `count` in bytes.
    case sealedTooShort(count: Int)
    /// The sealed value was written by a version that this program does not know.
    case sealedVersion(UInt8)
    /// The value was altered, or sealed with another key or for another place.
    case sealedBroken

    /// What, where and what to do; never a key and never a sealed value.
    package var description: String {
        switch self {
        case .keyFileExists(let path):
            "\(path): exists already; choose another name, an overwritten key opens nothing again"
        case .keyFileMissing(let path):
            "\(path): no such key file; give its path or restore it from the safe"
        case .keyFileNotRegular(let path):
            "\(path): not a file; give the path of the key file itself"
        case .keyFileOpenToOthers(let path, let mode):
            "\(path): others may use this key (mode \(String(mode, radix: 8))); "
                + "run: chmod 600 \(path)"
        case .keyFileOwner(let path):
            "\(path): belongs to another user; run: chown $(id -un) \(path)"
        case .keyFileHeader(let path):
            "\(path): line 1 is not '\(KeyFile.header)'; give the path of a Swabline key file"
        case .keyFileKey(let path):
            "\(path): line 2 is not a key of 64 hexadecimal digits; restore it from the safe"
        case .system(let step, let path, let reason):
            "\(path): could not \(step): \(reason)"
        case .sealedTooShort(let count):
            "sealed value of \(count) bytes is cut off; restore the database from a backup"
        case .sealedVersion(let version):
            "sealed value of version \(version); this program knows \(Vault.version), update it"
        case .sealedBroken:
            "sealed value does not open: altered, moved or another key; check the key file"
        }
    }
}
