import Glibc

/// The identity of a data folder, in its file INSTANCE, and of the folder that a mirror belongs to, in the file of that
/// name beside the mirror's segments. A copy of a folder carries the file along, and is told from the original by it.
///
///     {"instance":"9f0c…","device":2049,"inode":131073,"born":1795421405123456789,"folder":"/srv/frontdesk"}
struct Instance: Equatable, Sendable {
    /// 32 random hexadecimal digits.
    let id: String
    /// The folder that was given the id.
    let place: FileIdentity
    /// Its path at that time, without links.
    let path: String

    static let name = "INSTANCE"

    /// A new identity for the folder at a path. `path`: where it will be, if it is moved there afterwards.
    init(forFolder folder: String, path: String? = nil, disk: any Disk) throws {
        func digits() -> String {
            let text = String(UInt64.random(in: 0...UInt64.max), radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        try self.init(id: digits() + digits(), folder, path, disk)
    }

    private init(id: String, _ folder: String, _ path: String?, _ disk: any Disk) throws {
        self.id = id
        place = try disk.identity(of: folder)
        self.path = path ?? Instance.realPath(of: folder, disk)
    }

    /// The path without links; as it is where links lead out of sight, such as `/proc/PID/root`.
    private static func realPath(of folder: String, _ disk: any Disk) -> String {
        (try? disk.realPath(of: folder)) ?? folder
    }

    /// Reads the file in a data folder or beside a mirror's segments; `nil` if there is none, or it is damaged.
    init?(in folder: String, disk: any Disk) throws {
        guard let bytes = try disk.start(of: "\(folder)/\(Instance.name)", count: 1 << 14),
            let json = try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self)),
            case .object(let members) = json, let id = members.string("instance"),
            let device: UInt64 = members.integer("device"), let inode: UInt64 = members.integer("inode"),
            let born: Int64 = members.integer("born"), let path = members.string("folder")
        else { return nil }
        self.id = id
        self.path = path
        place = FileIdentity(device: device, inode: inode, born: born)
    }

    /// One line, with its newline.
    var text: [UInt8] {
        var json = JSONWriter()
        json.openObject()
        json.key("instance")
        json.string(id)
        json.key("device")
        json.raw(String(place.device).utf8)
        json.key("inode")
        json.raw(String(place.inode).utf8)
        json.key("born")
        json.raw(String(place.born).utf8)
        json.key("folder")
        json.string(path)
        json.closeObject()
        return json.bytes + [UInt8(ascii: "\n")]
    }

    /// Writes the file durably.
    func save(in folder: String, disk: any Disk) throws {
        try disk.replace(Instance.name, in: folder) { file in
            try text.withUnsafeBytes { try disk.write($0, to: file, at: 0) }
        }
    }

    /// Whether the folder is the one that was given the id, under this name or another, and no copy of it.
    func isOf(_ folder: String, disk: any Disk) throws -> Bool {
        let found = try disk.identity(of: folder)
        let areBorn = found.born != 0 && place.born != 0
        if areBorn, found.born != place.born { return false }
        if found.device == place.device, found.inode == place.inode { return true }
        // A restart may number the disks anew. A clone of the whole disk has the same numbers and another path.
        return (areBorn || found.inode == place.inode) && Instance.realPath(of: folder, disk) == path
    }

    /// The same identity with the folder's present path and numbers.
    func renewed(for folder: String, disk: any Disk) throws -> Instance { try Instance(id: id, folder, nil, disk) }

    /// Whether the folder that was given the id still stands where it stood.
    func stands(disk: any Disk) throws -> Bool {
        guard let other = try? Instance(in: path, disk: disk), other.id == id else { return false }
        return try other.isOf(path, disk: disk)
    }
}

/// Whether INSTANCE belongs to the folder that it is in.
enum FolderMark: Equatable {
    case own
    /// The folder was moved, or its disk has another number: the file has to be written anew.
    case outdated
    /// There is no file.
    case missing
    /// The folder is a copy of the one that the file names, or was restored from it; or the file is damaged, and nobody
    /// can tell.
    case copied

    init(of folder: String, disk: any Disk) throws {
        guard let instance = try Instance(in: folder, disk: disk) else {
            self = try disk.start(of: "\(folder)/\(Instance.name)", count: 1) == nil ? .missing : .copied
            return
        }
        self =
            try !instance.isOf(folder, disk: disk)
            ? .copied : instance.renewed(for: folder, disk: disk) == instance ? .own : .outdated
    }
}
