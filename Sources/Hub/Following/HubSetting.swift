import Glibc
import Journal

/// Which hub a data folder is kept in step with: the file `FOLDER/hub/SETTING`, mode 0600 (in a shared folder its group's).
///
///     {"hub":"postgresql://gate@hub.example/cuihu","passwordFile":"/etc/frontdesk/hub.password","estate":"01M8…"}
///
/// It holds no password.
public struct HubSetting: Equatable, Sendable {
    public let address: HubAddress
    /// The id of the folder's first entry; a hub with another one is another estate's.
    public let estate: EntryID

    public init(_ address: HubAddress, estate: EntryID) { (self.address, self.estate) = (address, estate) }

    /// The setting of a folder; `nil` if it has no hub. Throws ``JournalError/disk(_:)``, or ``HubError`` `setting` if the
    /// file is damaged.
    public init?(in data: String, disk: any Disk = SystemDisk()) throws {
        let path = "\(data)/\(HubFolder.setting)"
        guard let bytes = try JournalError.wrap({ try disk.contents(of: path, most: 1 << 16) }) else { return nil }
        guard case .object(let members)? = try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self)),
            let hub = members.string("hub"), let estate = members.string("estate").flatMap({ EntryID($0) })
        else { throw HubError(.setting, path) }
        self.init(HubAddress(hub, passwordFile: members.string("passwordFile")), estate: estate)
    }

    /// Throws ``JournalError/disk(_:)``.
    public func save(in data: String, disk: any Disk = SystemDisk()) throws {
        var json = JSONWriter()
        json.openObject()
        json.key("hub")
        json.string(address.text)
        if let file = address.passwordFile {
            json.key("passwordFile")
            json.string(file)
        }
        json.key("estate")
        json.string(estate.text)
        json.closeObject()
        let text = json.bytes + [UInt8(ascii: "\n")]
        try JournalError.wrap {
            let folder = "\(data)/\(HubFolder.name)"
            if try disk.makeFolder(folder, mode: 0o700) { try disk.synchroniseFolder(data) }
            try disk.replace("SETTING", in: folder, text: text)
            try disk.synchroniseFolder(folder)
        }
    }

    /// From now on the folder has no hub. What was exchanged stays on both sides. Throws ``JournalError/disk(_:)``.
    public static func remove(from data: String, disk: any Disk = SystemDisk()) throws {
        try JournalError.wrap {
            let folder = "\(data)/\(HubFolder.name)"
            try disk.remove("\(data)/\(HubFolder.setting)")
            try HubStatus.remove(from: data, disk: disk)
            if try !disk.names(in: folder).isEmpty { try disk.synchroniseFolder(folder) }
        }
    }
}

/// The lock of the process that keeps a folder in step: one at a time, the others show what it wrote.
final class HubLock {
    private let file: Int32
    private let disk: any Disk

    /// `nil` while another process has it.
    init?(in data: String, disk: any Disk) throws {
        self.disk = disk
        file = try disk.open("\(data)/\(HubFolder.lock)", flags: O_RDWR | O_CREAT, mode: 0o600)
        if try !disk.tryLock(file) {
            disk.close(file)
            return nil
        }
    }

    // Closing releases the lock.
    deinit { disk.close(file) }
}
