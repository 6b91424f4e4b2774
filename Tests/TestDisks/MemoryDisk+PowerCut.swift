import Synchronization

extension MemoryDisk {
    /// A change that is not durable yet.
    enum Change {
        /// Bytes written to a file at an offset.
        case written(inode: Int, offset: Int, bytes: [UInt8])
        /// A file truncated to no bytes.
        case emptied(inode: Int)
        /// A name added or, with `nil`, removed.
        case name(String, inode: Int?)
        /// A rename, which is atomic.
        case renamed(from: String, to: String, inode: Int)
        /// A folder made.
        case folder(String)
        /// A rename of a folder, which is atomic too.
        case movedFolder(from: String, to: String)

        /// The file whose sync makes the change durable.
        var inode: Int? {
            switch self {
            case .written(let inode, _, _), .emptied(let inode): inode
            case .name, .renamed, .folder, .movedFolder: nil
            }
        }

        /// Makes a part of the change to a file's bytes.
        func apply(_ portion: Portion = .all, to inodes: inout [[UInt8]]) {
            switch self {
            case .written(let inode, let offset, let bytes):
                let half = bytes.count / 2
                let range = portion == .all ? 0..<bytes.count : portion == .start ? 0..<half : half..<bytes.count
                bytes.withUnsafeBytes {
                    inodes[inode].put(.init(rebasing: $0[range]), at: offset + range.lowerBound)
                }
            case .emptied(let inode): inodes[inode] = []
            case .name, .renamed, .folder, .movedFolder: break
            }
        }

        /// The name whose folder's sync makes the change durable.
        var name: String? {
            switch self {
            case .written, .emptied: nil
            case .name(let name, _), .renamed(_, let name, _), .folder(let name), .movedFolder(_, let name): name
            }
        }
    }

    /// The part of a change that is on the disk after a power cut. Only writes can be there in part.
    enum Portion { case none, start, end, all }

    /// Chooses the part of each change that is not durable, by its index and their count.
    typealias Cut = (_ change: Int, _ count: Int) -> Portion

    /// The files after a power cut. A disk writes unsynced changes in any order, so each may be there or not, and of a
    /// long write the end without its start, which then reads as zeros.
    func afterPowerCut(_ portion: Cut) -> [String: [UInt8]] {
        state.withLock { state in
            var (inodes, names) = state.synced
            var lost: [String] = []
            for (number, change) in state.pending.enumerated() {
                let portion = portion(number, state.pending.count)
                if portion == .none {
                    if case .folder(let path) = change { lost.append(path + "/") }
                    continue
                }
                switch change {
                case .folder: break
                case .written, .emptied: change.apply(portion, to: &inodes)
                case .name(let name, let inode): names[name] = inode
                case .renamed(let name, let other, let inode):
                    names[name] = nil
                    names[other] = inode
                case .movedFolder(let name, let other): names.move(name, to: other)
                }
            }
            return names.filter { name, _ in !lost.contains { name.hasPrefix($0) } }.mapValues { inodes[$0] }
        }
    }

    /// The files after a power cut that loses all unsynced changes.
    var synced: [String: [UInt8]] { afterPowerCut { _, _ in .none } }

    /// The outcomes of a power cut that are tested, for each unsynced change: it alone, all others, all up to it, all
    /// from it on. Also its first or last half: alone, after all earlier changes, and with all others.
    var afterPowerCuts: [[String: [UInt8]]] {
        let count = state.withLock { $0.pending.count }
        var cuts: [Cut] = [{ _, _ in .none }, { _, _ in .all }]
        for chosen in 0..<count {
            cuts += [
                { change, _ in change == chosen ? .all : .none }, { change, _ in change == chosen ? .none : .all },
                { change, _ in change <= chosen ? .all : .none }, { change, _ in change >= chosen ? .all : .none },
            ]
            for half in [Portion.start, .end] {
                cuts += [
                    { change, _ in change == chosen ? half : change < chosen ? .all : .none },
                    { change, _ in change == chosen ? half : .none },
                    { change, _ in change == chosen ? half : .all },
                ]
            }
        }
        var left: [[String: [UInt8]]] = []
        for cut in cuts {
            let files = afterPowerCut(cut)
            if !left.contains(files) { left.append(files) }
        }
        return left
    }
}
