import type { Control } from './control';
import { ACC_01 } from './ACC-01';
import { ACC_02 } from './ACC-02';
import { ACC_03 } from './ACC-03';
import { ACC_04 } from './ACC-04';
import { ACC_05 } from './ACC-05';
import { ACC_06 } from './ACC-06';
import { ACC_07 } from './ACC-07';
import { ACC_08 } from './ACC-08';
import { ACC_09 } from './ACC-09';
import { ACC_10 } from './ACC-10';
import { AUD_01 } from './AUD-01';
import { AUD_02 } from './AUD-02';
import { AUD_03 } from './AUD-03';
import { AUD_04 } from './AUD-04';
import { AUD_05 } from './AUD-05';
import { AUD_06 } from './AUD-06';
import { AUD_07 } from './AUD-07';
import { AUD_08 } from './AUD-08';
import { AVL_01 } from './AVL-01';
import { AVL_02 } from './AVL-02';
import { AVL_03 } from './AVL-03';
import { AVL_04 } from './AVL-04';
import { AVL_05 } from './AVL-05';
import { ENC_01 } from './ENC-01';
import { ENC_02 } from './ENC-02';
import { ENC_03 } from './ENC-03';
import { ENC_04 } from './ENC-04';
import { ENC_05 } from './ENC-05';
import { ENC_06 } from './ENC-06';
import { ENC_07 } from './ENC-07';
import { ENC_08 } from './ENC-08';
import { GOV_01 } from './GOV-01';
import { GOV_02 } from './GOV-02';
import { GOV_03 } from './GOV-03';
import { GOV_04 } from './GOV-04';
import { GOV_05 } from './GOV-05';
import { GOV_06 } from './GOV-06';
import { GOV_07 } from './GOV-07';
import { GOV_08 } from './GOV-08';
import { INF_01 } from './INF-01';
import { INF_02 } from './INF-02';
import { INF_03 } from './INF-03';
import { INF_04 } from './INF-04';
import { INF_05 } from './INF-05';
import { NET_01 } from './NET-01';
import { NET_02 } from './NET-02';
import { NET_03 } from './NET-03';
import { NET_04 } from './NET-04';
import { NET_05 } from './NET-05';
import { NET_06 } from './NET-06';
import { NET_07 } from './NET-07';
import { NET_08 } from './NET-08';
import { NET_09 } from './NET-09';
import { NET_10 } from './NET-10';
import { PRV_01 } from './PRV-01';
import { PRV_02 } from './PRV-02';
import { PRV_03 } from './PRV-03';
import { PRV_04 } from './PRV-04';
import { PRV_05 } from './PRV-05';
import { PRV_06 } from './PRV-06';
import { REC_01 } from './REC-01';
import { REC_02 } from './REC-02';
import { REC_03 } from './REC-03';
import { REC_04 } from './REC-04';
import { REC_05 } from './REC-05';
import { REC_06 } from './REC-06';
import { REC_07 } from './REC-07';
import { REC_08 } from './REC-08';
import { REC_09 } from './REC-09';
import { REC_10 } from './REC-10';
import { REC_11 } from './REC-11';
import { REC_12 } from './REC-12';
import { REC_13 } from './REC-13';
import { REC_14 } from './REC-14';
import { REC_15 } from './REC-15';
import { REC_16 } from './REC-16';
import { RES_01 } from './RES-01';
import { RES_02 } from './RES-02';
import { RES_03 } from './RES-03';
import { RES_04 } from './RES-04';
import { RES_05 } from './RES-05';
import { RES_06 } from './RES-06';
import { RES_07 } from './RES-07';
import { RES_08 } from './RES-08';
import { RES_09 } from './RES-09';
import { RES_10 } from './RES-10';
import { RES_11 } from './RES-11';
import { RES_12 } from './RES-12';
import { RES_13 } from './RES-13';
import { RES_14 } from './RES-14';
import { RES_15 } from './RES-15';
import { RES_16 } from './RES-16';
import { RES_17 } from './RES-17';
import { VUL_01 } from './VUL-01';
import { VUL_02 } from './VUL-02';
import { VUL_03 } from './VUL-03';
import { VUL_04 } from './VUL-04';

/** Every control, in the order in which people read them. */
export const CONTROLS: readonly Control[] = [
  REC_01,
  REC_02,
  REC_03,
  REC_04,
  REC_05,
  REC_06,
  REC_07,
  REC_08,
  REC_09,
  REC_10,
  REC_11,
  REC_12,
  REC_13,
  REC_14,
  REC_15,
  REC_16,
  ENC_01,
  ENC_02,
  ENC_03,
  ENC_04,
  ENC_05,
  ENC_06,
  ENC_07,
  ENC_08,
  AUD_01,
  AUD_02,
  AUD_03,
  AUD_04,
  AUD_05,
  AUD_06,
  AUD_07,
  AUD_08,
  ACC_01,
  ACC_02,
  ACC_03,
  ACC_04,
  ACC_05,
  ACC_06,
  ACC_07,
  ACC_08,
  ACC_09,
  ACC_10,
  NET_01,
  NET_02,
  NET_03,
  NET_04,
  NET_05,
  NET_06,
  NET_07,
  NET_08,
  NET_09,
  NET_10,
  RES_01,
  RES_02,
  RES_03,
  RES_04,
  RES_05,
  RES_06,
  RES_07,
  RES_08,
  RES_09,
  RES_10,
  RES_11,
  RES_12,
  RES_13,
  RES_14,
  RES_15,
  RES_16,
  RES_17,
  INF_01,
  INF_02,
  INF_03,
  INF_04,
  INF_05,
  AVL_01,
  AVL_02,
  AVL_03,
  AVL_04,
  AVL_05,
  PRV_01,
  PRV_02,
  PRV_03,
  PRV_04,
  PRV_05,
  PRV_06,
  GOV_01,
  GOV_02,
  GOV_03,
  GOV_04,
  GOV_05,
  GOV_06,
  GOV_07,
  GOV_08,
  VUL_01,
  VUL_02,
  VUL_03,
  VUL_04,
];
