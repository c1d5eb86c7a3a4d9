internal import LabDomain
internal import LabTables

/// A text that was packed with gzip (RFC 1952).
enum GzipText {
    static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B, 0x08]) }

    static func unpack(_ bytes: [UInt8]) throws(InstrumentFaults) -> [UInt8] {
        let most = min(ZipArchive.longestEntry, max(1 << 20, bytes.count * ZipArchive.steepest))
        do throws(Gzip.Fault) {
            return try Gzip.unpacked(bytes, limit: most)
        } catch {
            switch error {
            case .damaged:
                throw InstrumentFaults(
                    "the archive is broken or cut off; copy the file again from the instrument")
            case .tooLarge where most == ZipArchive.longestEntry:
                throw InstrumentFaults(
                    "longer than \(ZipArchive.longestEntry >> 20) MiB; this is no export of one run"
                )
            case .tooLarge:
                throw InstrumentFaults(
                    "unpacks to more than \(ZipArchive.steepest) times its size; this is no export")
            }
        }
    }
}
