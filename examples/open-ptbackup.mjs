#!/usr/bin/env node
// Opens an encrypted backup (.ptbackup) without PatientTools: checks it and writes the ZIP that is in it.
// Needs Node.js 18 or later and nothing else. The format is told in docs/backup-format.md.
//
//   BACKUP_PASSWORD='...' node open-ptbackup.mjs backup.ptbackup backup.zip
//   node open-ptbackup.mjs backup.ptbackup backup.zip --key private.pem     (BACKUP_PASSWORD opens the key's file, if it is locked)
//   node open-ptbackup.mjs backup.ptbackup                                  (shows the readable header)
import { createDecipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, hkdfSync, pbkdf2Sync, privateDecrypt, constants } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';

const TAG = 16;
const END = 16;

const take = (file, offset, length) => {
  const bytes = Buffer.alloc(length);
  if (readSync(file, bytes, 0, length, offset) !== length) throw new Error('The file is cut off.');
  return bytes;
};

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

function readHeader(file) {
  const prefix = take(file, 0, 12);
  if (prefix.toString('latin1', 0, 8) !== 'PTBACKUP') throw new Error('This is not an encrypted backup of PatientTools.');
  const length = prefix.readInt32LE(8);
  if (length <= 0 || length > 65536) throw new Error('The header is damaged.');
  const json = take(file, 12, length);
  const hash = take(file, 12 + length, 32);
  if (!sha256(prefix, json).equals(hash)) throw new Error('The header is damaged.');
  return { header: JSON.parse(json.toString('utf8')), hash, end: 12 + length + 32 };
}

function open(key, nonce, bytes, boundTo, problem) {
  const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
  if (boundTo) cipher.setAAD(boundTo);
  cipher.setAuthTag(bytes.subarray(-TAG));
  try {
    return Buffer.concat([cipher.update(bytes.subarray(0, -TAG)), cipher.final()]);
  } catch {
    throw new Error(problem);
  }
}

function dataKey(wrap, keyFile, password) {
  const wrapped = Buffer.from(wrap.wrappedKey, 'base64');
  const unwrap = outer => open(Buffer.from(outer), Buffer.alloc(12), wrapped, null, 'The password or the key is another one.');
  if (wrap.wrapping.startsWith('PBKDF2')) {
    if (password === undefined) throw new Error('Give the password in the environment variable BACKUP_PASSWORD.');
    return unwrap(pbkdf2Sync(password.normalize('NFC'), Buffer.from(wrap.salt, 'base64'), wrap.iterations, 32, 'sha512'));
  }

  if (!keyFile) throw new Error(`Give the private key with --key; its public key has the SHA-256 ${wrap.keyId}.`);
  const own = createPrivateKey({ key: readFileSync(keyFile), passphrase: password });
  const ownPublic = createPublicKey(own).export({ type: 'spki', format: 'der' });
  if (sha256(ownPublic).toString('hex') !== wrap.keyId) throw new Error('The private key is another one.');
  if (wrap.wrapping === 'RSA-OAEP-SHA-256') {
    return privateDecrypt({ key: own, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, wrapped);
  }

  const ephemeral = Buffer.from(wrap.ephemeralKey, 'base64');
  const secret = diffieHellman({ privateKey: own, publicKey: createPublicKey({ key: ephemeral, type: 'spki', format: 'der' }) });
  return unwrap(hkdfSync('sha256', secret, sha256(ephemeral, ownPublic), 'PatientTools backup key', 32));
}

function decrypt(file, target, { header, hash, end }, key) {
  const length = header.chunkBytes + TAG;
  const whole = fstatSync(file).size;
  const size = whole - END;
  const mark = take(file, size, END);
  if (mark.toString('latin1', 0, 8) !== 'PTBACEND' || mark.readBigUInt64LE(8) !== BigInt(whole)) throw new Error('The file is cut off.');
  const chunks = Math.ceil((size - end) / length);
  if (chunks < 1) throw new Error('The file is cut off.');
  for (let chunk = 0; chunk < chunks; chunk++) {
    const offset = end + chunk * length;
    const nonce = Buffer.alloc(12);
    nonce.writeBigUInt64BE(BigInt(chunk), 3);
    nonce[11] = chunk === chunks - 1 ? 1 : 0;
    const bytes = take(file, offset, Math.min(length, size - offset));
    writeSync(target, open(key, nonce, bytes, hash, `Chunk ${chunk + 1} of ${chunks} is damaged, or the file is cut off.`));
  }
}

const [source, destination, option, keyFile] = process.argv.slice(2);
try {
  if (!source || (option && option !== '--key')) throw new Error('Use: open-ptbackup.mjs <backup.ptbackup> [<backup.zip> [--key <private.pem>]]');
  const file = openSync(source, 'r');
  const envelope = readHeader(file);
  if (!destination) {
    console.log(JSON.stringify(envelope.header, null, 2));
  } else {
    const key = dataKey(envelope.header.key, keyFile, process.env.BACKUP_PASSWORD);
    const partial = `${destination}.part`;
    const target = openSync(partial, 'wx', 0o600);
    try {
      decrypt(file, target, envelope, key);
      fsyncSync(target);
      closeSync(target);
      renameSync(partial, destination);
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    }
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
