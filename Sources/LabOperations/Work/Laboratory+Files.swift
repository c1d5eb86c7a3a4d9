internal import Foundation
package import LabDomain
internal import LabProgramme
internal import LabSecrets
package import LabStore

extension Laboratory {
    /// Makes a laboratory: a database, a key file beside it that its owner alone can read, and the
    /// first administrator.
    ///
    /// `settings` and `programme` are YAML; nil takes the shipped ones. When anything fails,
    /// neither file is left behind.
    package static func make(
        at path: String, keyFile: String, settings: String?, programme: String?,
        administrator: String, at now: Timestamp
    ) throws -> (Laboratory, MakeLaboratory.Answer) {
        let make = MakeLaboratory(
            settings: try settings ?? ShippedRules.laboratory.text(),
            programme: try programme ?? ShippedRules.jingdezhen.text(),
            administrator: administrator)
        try make.check()
        let lock = try Lock(at: path + ".lock")
        defer { lock.release() }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreFault.exists(path: path)
        }
        // The database gets its name when it is whole; what lies under the other name was cut off.
        let unfinished = path + ".unfinished"
        removeRemains(of: unfinished, keyFile: keyFile)
        let vault = try makeStore(at: unfinished, keyFile: keyFile, make, at: now)
        guard rename(unfinished, path) == 0 else {
            remove([unfinished, keyFile])
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
        let answer = try make.answer()
        return (Laboratory(store: try Store.open(at: path, vault: vault), vault: vault), answer)
    }

    private static func makeStore(
        at path: String, keyFile: String, _ make: MakeLaboratory, at now: Timestamp
    ) throws -> Vault {
        guard !FileManager.default.fileExists(atPath: keyFile) else {
            throw SecretFault.keyFileExists(path: keyFile)
        }
        do {
            let key = SecretKey.generate()
            let vault = Vault(key)
            let store = try Store.create(at: path, vault: vault)
            try key.create(at: keyFile)
            _ = try make.perform(in: store, vault: vault, at: now)
            try store.close()
            return vault
        } catch {
            removeRemains(of: path, keyFile: keyFile)
            throw error
        }
    }

    /// Removes what an earlier attempt left, and its key only when it is proved to be that one's.
    private static func removeRemains(of unfinished: String, keyFile: String) {
        guard FileManager.default.fileExists(atPath: unfinished) else { return }
        if let key = try? SecretKey.load(from: keyFile),
            let store = try? Store.open(at: unfinished, vault: Vault(key))
        {
            try? store.close()
            remove([keyFile])
        }
        remove([unfinished, unfinished + "-wal", unfinished + "-shm"])
    }

    private static func remove(_ files: [String]) {
        for file in files { try? FileManager.default.removeItem(atPath: file) }
    }

    /// Opens a laboratory with its key file.
    package static func open(
        at path: String, keyFile: String, access: Store.Access = .single
    ) throws -> Laboratory {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreFault.missing(path: path)
        }
        let vault = Vault(try SecretKey.load(from: keyFile))
        return Laboratory(
            store: try Store.open(at: path, vault: vault, access: access), vault: vault)
    }

    /// A laboratory in memory with the shipped settings or others, for rehearsals and tests.
    package static func inMemory(
        settings: String? = nil, programme: String? = nil, administrator: String,
        key: [UInt8]? = nil, at now: Timestamp
    ) throws -> Laboratory {
        let vault = Vault(key.flatMap { SecretKey(bytes: $0) } ?? .generate())
        let make = MakeLaboratory(
            settings: try settings ?? ShippedRules.laboratory.text(),
            programme: try programme ?? ShippedRules.jingdezhen.text(),
            administrator: administrator)
        return try make.perform(in: try Store.inMemory(vault: vault), vault: vault, at: now).0
    }
}
