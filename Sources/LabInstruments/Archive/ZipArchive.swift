internal import CZip

/// A zip file from outside, read entry by entry and never onto the disk.
///
/// Refused are archives that are broken, encrypted, have too many entries or swell too much. An
/// entry's stated length is only believed as far as it can be unpacked.
struct ZipArchive: ~Copyable {
    /// The most entries of an archive.
    static let mostEntries = 4_096
    /// The longest entry once unpacked.
    static let longestEntry = 192 << 20
    /// The most that is unpacked from one archive.
    static let most = 384 << 20
    /// How much longer than packed an entry of more than a mebibyte may be.
    static let steepest = 250

    /// The names of the entries, in the order of the archive.
    let names: [String]
    private let archive: OpaquePointer
    // libzip reads from here as long as the archive is open.
    private let memory: UnsafeMutableBufferPointer<UInt8>

    init(_ bytes: [UInt8]) throws(InstrumentFaults) {
        let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        _ = memory.initialize(from: bytes)
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard
            let source = zip_source_buffer_create(
                memory.baseAddress, zip_uint64_t(bytes.count), 0, &error)
        else {
            memory.deallocate()
            throw Self.broken
        }
        // libzip's check of consistency refuses sound archives that were written as streams.
        guard let archive = zip_open_from_source(source, Int32(ZIP_RDONLY), &error) else {
            zip_source_free(source)
            memory.deallocate()
            throw Self.broken
        }
        let count = zip_get_num_entries(archive, 0)
        guard count >= 0, count <= Self.mostEntries else {
            zip_discard(archive)
            memory.deallocate()
            throw InstrumentFaults("the archive has more than \(Self.mostEntries) entries")
        }
        names = (0..<count).map { index in
            zip_get_name(archive, zip_uint64_t(index), 0).map { String(cString: $0) } ?? ""
        }
        self.archive = archive
        self.memory = memory
    }

    deinit {
        zip_discard(archive)
        memory.deallocate()
    }

    private static var broken: InstrumentFaults {
        InstrumentFaults(
            "the archive is broken or cut off; copy the file again from the instrument")
    }

    /// The content of an entry; nil when there is none of that name.
    func entry(_ name: String) throws(InstrumentFaults) -> [UInt8]? {
        guard let index = names.firstIndex(of: name) else { return nil }
        let place = FilePlace(.entry(name))
        var info = zip_stat_t()
        zip_stat_init(&info)
        let wanted = UInt64(ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD)
        guard zip_stat_index(archive, zip_uint64_t(index), 0, &info) == 0,
            info.valid & wanted == wanted
        else { throw Self.broken(place) }
        guard info.encryption_method == ZIP_EM_NONE else {
            throw InstrumentFaults(
                place, "the file is encrypted; export it again without a password")
        }
        guard info.size <= Self.longestEntry else { throw Self.tooLong(place) }
        if info.size > 1 << 20, info.size / max(1, info.comp_size) > Self.steepest {
            throw InstrumentFaults(
                place, "unpacks to more than \(Self.steepest) times its size; this is no export")
        }
        guard let file = zip_fopen_index(archive, zip_uint64_t(index), 0) else {
            throw Self.broken(place)
        }
        defer { zip_fclose(file) }
        let size = Int(info.size)
        var isWhole = false
        let content = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, filled in
            // One byte more than stated must not come; reading to the end checks the checksum.
            while filled <= size {
                let room = zip_uint64_t(size + 1 - filled)
                let read = zip_fread(file, buffer.baseAddress.map { $0 + filled }, room)
                if read < 0 { return }
                if read == 0 { break }
                filled += Int(read)
            }
            isWhole = filled == size
        }
        guard isWhole else { throw Self.broken(place) }
        return content
    }

    private static func broken(_ place: FilePlace) -> InstrumentFaults {
        InstrumentFaults(
            place,
            "broken or cut off, it cannot be unpacked; copy the file again from the instrument")
    }

    private static func tooLong(_ place: FilePlace) -> InstrumentFaults {
        InstrumentFaults(
            place, "longer than \(longestEntry >> 20) MiB; this is no export of one run")
    }
}
